"""One function per picture: a table in, matplotlib Axes out.

Every function takes the table first and everything else by keyword. None sets a theme,
and all read labels as plain text (a ``$`` in a title is a dollar sign).
"""

from .canvas import WIDTH, figure_width, show, titled
from .colors import checked_colors, given_colors, outlet_colors
from .coverage import plot_story
from .estimates import plot_estimates, plot_shares
from .given_figures import plot_figures
from .matrices import plot_matrix, plot_similarity
from .roles import plot_agency
from .saving import Mark, as_png, save_figure
from .speech import plot_uses, plot_voices
from .terms import plot_keyness, plot_terms, plot_word_shift
from .timeline import plot_over_time, plot_tone_along
from .wording import translated
