"""Large tables: all cores of one machine, or a Dask cluster."""

from .cluster import (
    add_up,
    by_partition,
    columns_of,
    computed,
    concat,
    gathered,
    held,
    is_apart,
    is_dask,
    lazily,
    per_partition,
    rows_where,
)
from .part_files import Parts, checksum, stored_parts
from .processes import by_parts, cores, rows_by_parts, uncollected
from .progress import watched
from .regrouping import regrouped, whole_stories
from .sums import ratio_of
from .threads import side_by_side
