"""What outlets share and what one tells and another does not."""

from .outline import points, points_by
from .shared import shared_text, without_shared
