"""Whole LaTeX documents around pictures, from `templates/tex`."""

from __future__ import annotations

from graphviz_ad.drawing.theme import templates


def from_template(template: str, **parts: object) -> str:
    """A template filled in. What is filled in is TeX already."""
    import jinja2

    here = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates() / "tex"),
        block_start_string="[%", block_end_string="%]", variable_start_string="[[", variable_end_string="]]",
        comment_start_string="[#", comment_end_string="#]", trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True, undefined=jinja2.StrictUndefined, autoescape=False,
    )  # fmt: skip
    return here.get_template(template).render(parts)
