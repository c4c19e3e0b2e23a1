"""One function → one Plotly figure or Folium map; colours and type in `theme`."""
