"""The formats in the files of this folder; made by `python -m graphviz_ad.formats`."""

ROWS = (
    (
        "dot",
        (".dot", ".gv"),
        "Graphviz source, to be edited by hand",
        "graphviz_ad.formats.dot.dot:MAKER",
        "direction groups highlight pins stacked title",
    ),
    (
        "dot2tex",
        (".dot2tex",),
        "Graphviz source for dot2tex, with room for its LaTeX",
        "graphviz_ad.formats.dot.dot2tex:MAKER",
        "direction",
    ),
    (
        "html",
        (".html", ".htm"),
        "a page to play with, which needs nothing else",
        "graphviz_ad.formats.page.page:MAKER",
        (
            "adjoint assume constants digits direction edges max_paths pins roles stacked symbol template theme "
            "title write"
        ),
    ),
    (
        "json",
        (".json",),
        "nodes, edges, formulas and chains as data",
        "graphviz_ad.formats.json_data:MAKER",
        "groups highlight title",
    ),
    (
        "mermaid",
        (".mmd", ".mermaid"),
        "a flowchart for Markdown that renders Mermaid",
        "graphviz_ad.formats.mermaid:MAKER",
        "direction groups pins stacked theme",
    ),
    (
        "pdf",
        (".pdf",),
        "a page of the figure's size, vector outlines",
        "graphviz_ad.formats.images.pdf_png:PDF_MAKER",
        "background direction groups highlight max_width pins size stacked theme title",
    ),
    (
        "png",
        (".png",),
        "pixels, at --scale or --dpi; transparent with --background none",
        "graphviz_ad.formats.images.pdf_png:PNG_MAKER",
        "background direction groups highlight max_width pins size stacked theme title scale dpi",
    ),
    (
        "svg",
        (".svg",),
        "a typeset figure, without fonts",
        "graphviz_ad.formats.images.svg:MAKER",
        "background direction groups highlight max_width pins size stacked theme title id_prefix",
    ),
    (
        "text",
        (".txt",),
        "plain text, with formulas in two dimensions",
        "graphviz_ad.formats.terminal.text:MAKER",
        "",
    ),
    (
        "tikz",
        (".tex",),
        "TikZ for a LaTeX document, which sets the formulas",
        "graphviz_ad.formats.tikz.picture:MAKER",
        "beamer direction groups highlight max_width pins stacked standalone theme title",
    ),
)
