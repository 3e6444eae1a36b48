"""The screens: the only package here that imports Streamlit."""
