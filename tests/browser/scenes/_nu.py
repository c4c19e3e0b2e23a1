from pathlib import Path

import pandas as pd
import streamlit as st

k = st.query_params.get("k", "html")
st.set_page_config(layout="wide", page_icon="/work/main/assets/favicon.png")
if k != "rien":
    st.logo("/work/main/assets/logo.svg", size="large")
    st.html(Path("/work/main/assets/ccm.css"))
st.html("<p>Bonjour <b>é</b></p>")
if k == "col":
    a, b = st.columns(2)
    a.html("a")
    b.html("b")
if k == "seg":
    st.segmented_control("L", ["fr", "en"], default="fr")
if k == "pop":
    with st.popover("x"):
        st.html("a")
if k == "pills":
    st.pills("L", ["fr", "en"])
if k == "sel":
    st.selectbox("L", ["fr", "en"])
if k == "df":
    st.dataframe(pd.DataFrame({"a": [1, 2]}))
if k == "md":
    st.markdown("**a**")
if k == "warn":
    st.warning("a")
if k == "nav":
    st.page_link("https://a.invalid", label="x")
if k == "btn":
    st.button("a")
if k == "dl":
    st.download_button("a", b"x", file_name="a.txt")
if k == "icon":
    st.button("a", icon=":material/download:")
if k == "up":
    st.file_uploader("a")
if k == "num":
    st.number_input("a")
if k == "txt":
    st.text_input("a")
if k == "date":
    st.date_input("a")
if k == "form":
    with st.form("f"):
        st.text_input("a")
        st.form_submit_button("ok")
if k == "exp":
    with st.expander("a"):
        st.html("a")
if k == "tabs":
    st.tabs(["a", "b"])
if k == "plotly":
    import plotly.graph_objects as go

    st.plotly_chart(go.Figure(go.Bar(y=[1])))
if k == "metric":
    st.metric("a", 1)
if k == "badge":
    st.badge("a")
if k == "tog":
    st.toggle("a")
if k == "chk":
    st.checkbox("a")
if k == "vega":
    st.bar_chart({"a": [1, 2]})
if k == "table":
    st.table({"a": [1]})
