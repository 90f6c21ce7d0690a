"""What outlets share and what one tells and another does not."""

from .absences import points_by
from .events import stories
from .exclusion import without_shared
from .outline import points
from .shared import shared_text
