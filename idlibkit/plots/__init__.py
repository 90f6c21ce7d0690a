"""One function per picture: a table in, axes out."""

from .canvas import outlet_colors, show
from .charts import (
    plot_estimates,
    plot_figures,
    plot_keyness,
    plot_matrix,
    plot_over_time,
    plot_shares,
    plot_similarity,
    plot_terms,
    plot_tone_along,
    plot_word_shift,
)
