"""Trades of each sector: activities, name words, share of women, size and turnover.

Every value is invented to be believable in a coastal regency of Central Java; none describes a
real group. Name words are flowers, virtues and goods, never names of persons, and the group
names that sources publish are kept out (TAKEN).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Trade:
    """activities: what a group does -> words only its name may bear. words: fit any group of the
    sector. women: share among members. size: members more than the programme's mean.
    monthly_idr: turnover per member and month. closing: risk of closing against the mean.
    """

    words: str
    activities: dict[str, str]
    women: float
    size: float
    monthly_idr: int
    closing: float


FIRST = (
    "Sari Sekar Puspa Mekar Tunas Karya Sumber Bina Cahaya Mitra Lestari Rukun Guyub Sinar Melati "
    "Kenanga Anggrek Mawar Cempaka Kantil Bougenvil Teratai Flamboyan Seruni Mulya Usaha "
    "Sido Ngudi "
    "Margo Giri Segara Bahari Pelita Harapan Gemah Tirta"
)

TRADES = {
    "makanan": Trade(
        words="Rasa Pangan Boga Nikmat Rejeki",
        activities={
            "kerupuk usek": "Renyah Gurih",
            "kerupuk ikan": "Renyah Laut",
            "ikan asin": "Laut Samudra",
            "emping melinjo": "Renyah Melinjo",
            "keripik singkong": "Renyah Gurih",
            "keripik pisang": "Renyah Gurih",
            "abon ikan": "Laut Gurih",
            "bandeng presto": "Laut Gurih",
            "terasi udang": "Laut Samudra",
            "rengginang": "Renyah Gurih",
            "kue kering": "Manis Legit",
            "roti dan jajanan pasar": "Manis Legit",
            "tempe": "Kedelai",
            "tahu": "Kedelai",
            "gula aren": "Manis Aren",
            "jamu gendong": "Jamu Waras",
            "katering": "Dapur Saji",
            "sirup dan minuman segar": "Segar Manis",
        },
        women=0.76,
        size=0.3,
        monthly_idr=430_000,
        closing=0.9,
    ),
    "kerajinan": Trade(
        words="Kriya Karsa Seni Indah",
        activities={
            "batik tulis": "Batik Canting Wastra",
            "batik cap": "Batik Wastra",
            "anyaman bambu": "Anyam Bambu",
            "anyaman pandan": "Anyam Pandan",
            "tas rajut": "Rajut",
            "kerajinan kerang": "Kerang Pesisir",
            "mebel bambu": "Bambu",
            "sulam dan bordir": "Sulam Benang",
            "sapu gelagah": "Gelagah",
            "daur ulang plastik": "Resik",
        },
        women=0.63,
        size=-0.5,
        monthly_idr=340_000,
        closing=1.1,
    ),
    "laundry": Trade(
        words="Jasa Apik Cekatan",
        activities={
            "penatu": "Bersih Resik",
            "penatu dan setrika": "Bersih Rapi",
            "jahit": "Busana Jahit",
            "cuci motor": "Kinclong Resik",
            "salon": "Ayu",
            "sewa tenda dan alat pesta": "Pesta",
            "jasa kebersihan": "Bersih Resik",
            "bengkel motor": "Motor Roda",
            "fotokopi dan cetak": "Cetak",
        },
        women=0.70,
        size=-2.0,
        monthly_idr=620_000,
        closing=1.2,
    ),
    "koperasi": Trade(
        words="Artha Dana Modal Amanah Sejahtera Mandiri",
        activities={
            "simpan pinjam": "",
            "simpan pinjam perempuan": "",
            "arisan modal usaha": "Arisan",
        },
        women=0.62,
        size=4.5,
        monthly_idr=780_000,
        closing=0.4,
    ),
    "lainnya": Trade(
        words="Makmur Sentosa Berdaya",
        activities={
            "ternak kambing": "Ternak Kandang",
            "ternak itik": "Ternak Itik",
            "ternak lele": "Mina Lele",
            "budi daya jamur": "Jamur",
            "pembibitan tanaman": "Hijau Tani",
            "pupuk kompos": "Subur Tani",
            "bank sampah": "Hijau Resik",
            "jaring dan alat tangkap": "Jaring Nelayan",
            "sayur pekarangan": "Tani Hijau",
            "batako dan paving": "Batako",
        },
        women=0.34,
        size=0.8,
        monthly_idr=500_000,
        closing=1.0,
    ),
}

# Published names of real groups: an invented one must not be mistaken for them.
TAKEN = frozenset({"KUB Maju Jaya", "KUB Makmur Jaya", "KUB Harum Wangi"})
