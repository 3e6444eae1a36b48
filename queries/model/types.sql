-- In this order sectors are listed everywhere, and ties are broken.
CREATE TYPE sector AS ENUM ('makanan', 'kerajinan', 'laundry', 'koperasi', 'lainnya');
