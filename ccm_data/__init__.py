"""All that the dashboard knows, computes and produces; it never imports Streamlit."""
