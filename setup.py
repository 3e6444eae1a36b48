"""What pyproject.toml cannot say: data/ of the checkout goes into the package (kub/shipped.py).

The screens are not in the wheel: Streamlit reads .streamlit/config.toml from the folder it is
started in, and without that file it would listen on every address. They run from a checkout.
"""

from setuptools import find_namespace_packages, setup

DATA = {f"kub._data.{name}": f"data/{name}" for name in ("reference", "sample")}

setup(
    # Folders of data alone (words, rules, fonts) count as packages too, so that none is left out.
    packages=[
        *find_namespace_packages(
            include=["kub", "kub.*", "queries", "queries.*"], exclude=["*.__pycache__"]
        ),
        *DATA,
    ],
    package_dir=DATA,
    package_data={"": ["*"]},
    exclude_package_data={"": ["*.pyc"]},
)
