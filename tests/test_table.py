"""How columns of the comparison are written, the same on screen, sheet and paper."""

import pandas as pd

from kub.exports import table
from tests.test_charts_benchmark import FIVE, ID, WITH_GUEST


def test_the_table_writes_each_rate_in_its_way_and_hides_codes_beside_names() -> None:
    written = table.written(FIVE.head(3), ID)
    assert written["Nilai"].tolist() == ["2,5", "20,00", "200"]
    assert written["Hitungan"].tolist() == ["per penduduk", "per desa", "jumlah"]
    assert written["Program contoh"].tolist() == ["ya"] * 3
    assert "Program" not in written
    assert table.written(pd.DataFrame({"value": [1200]}), ID)["Nilai"].tolist() == ["1.200"]
    assert table.written(WITH_GUEST.tail(1), ID)["Sebab definisi berbeda"].tolist() == [ID("cell.because.aided")]
