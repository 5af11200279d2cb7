"""`adgraph check`: derivatives in several ways, answers of the reader's own, or the statements of a document."""

from __future__ import annotations

from graphviz_ad.cli.options import check_unused, command
from graphviz_ad.core.request import Request, is_document


@command("check")
def check_command(request: Request) -> None:
    """The derivatives of SOURCE in four ways, side by side; exit status 1 where they disagree.
    At a kink, differences and libraries may: a note says so, and it does not count.

    \b
    adgraph check "y=2x^3+3; z=y^2" --at x=0.5
    adgraph check "y=2x^3+3; z=y^2" --at x=0.5 --with autograd,torch
    adgraph check "y=exp(x)" --at x=1 --plot err.svg

    With --claim, whether answers of your own are right: derivatives as text or LaTeX, over variables or inputs; exit
    status 1 where one is not. No point is needed; --at adds one. A part may be given a name, for claims behind it.

    \b
    adgraph check "y=2x^3+3; z=y^2" --claim "dz/dx = dz/dy * 6x^2 = 12x^2(2x^3+3)"
    adgraph check "a=sigmoid(z); z=w*x+b" --claim "delta = a*(1-a)" --claim "∂a/∂w = delta*x"
    adgraph check lesson.adg --claim answers.txt

    A document is proofread: each statement of a derivative in it is compared with the definitions before it; exit
    status 1 where one is wrong. notes.md:12 and notes.md#7 are a line and a formula of it (adgraph find notes.md).

    \b
    adgraph check notes.md
    adgraph check lecture.tex notebook.ipynb --format json
    """
    check_unused(request)
    if request.claims:
        from graphviz_ad.cli.claims import check_claims as check
    elif not (request.at or request.libraries or request.plot) and all(map(is_document, request.sources)):
        from graphviz_ad.cli.proofread import check_documents as check
    else:
        from graphviz_ad.cli.methods import check_methods as check
    check(request)
