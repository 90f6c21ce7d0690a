"""What each actor is called: the table of actors, its mentions, a proposal of one."""

from .mentions import labels, labels_by
from .proposal import suggest_actors
from .table import Actors, actors_toml, read_actors
