"""How fast the screens are, against bare Streamlit pages with the same elements and constant data."""
