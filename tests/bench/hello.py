"""The least that Streamlit can do: a select box and one constant chart.

bench_page measures the dashboard beside it.
"""

import streamlit as st

village = st.selectbox("Desa", ["Semua", *(f"Desa {number:03d}" for number in range(248))])
st.plotly_chart(
    {"data": [{"type": "scatter", "x": [1, 2, 3], "y": [1, 3, 2]}], "layout": {}}, key="chart"
)
st.text(f"scope={village}")
