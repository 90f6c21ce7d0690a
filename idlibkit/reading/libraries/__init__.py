"""Files with several articles, as libraries of newspapers hand them out."""

from .dispatch import articles_in_page, articles_in_text, signs_of_several
