"""Derivatives as open textbooks and course notes print them: where, of what, with respect to what, and the result as it
stands there. Written anew from the facts, in adgraph's own language; a name in place of a typographical index."""

from typing import NamedTuple


class Printed(NamedTuple):
    source: str
    system: str
    derivative: str
    result: str
    longer: str = ""  # why ours is more than twice as long, where it is


def _of(source: str, rows: str) -> list[Printed]:
    """Rows of a source: system | derivative | result | why ours is longer."""
    return [Printed(source, *(cell.strip() for cell in row.split("|"))) for row in rows.strip().splitlines()]


PRINTED = (
    *_of("OpenStax, Calculus 1, section 3.3", """
        y = x^10 | dy/dx | 10x^9
        y = 2x^5 + 7 | dy/dx | 10x^4
        y = (x^2 + 2)*(3x^3 - 5x) | dy/dx | 15x^4 + 3x^2 - 10
        y = 5x^2/(4x + 3) | dy/dx | (20x^2 + 30x)/(4x + 3)^2
        y = (3x + 1)/(4x - 3) | dy/dx | -13/(4x - 3)^2
        y = x^(-4) | dy/dx | -4/x^5
        y = 6/x^2 | dy/dx | -12/x^3
        y = 2x^5*(4x^2 + x) | dy/dx | 56x^6 + 12x^5
        y = x^3 - 7x^2 + 8x + 1 | dy/dx | 3x^2 - 14x + 8
        y = (x + 1)/(x^2 + 1) | dy/dx | (1 - 2x - x^2)/(x^2 + 1)^2
    """),
    *_of("OpenStax, Calculus 1, section 3.5", """
        y = 5x^3*sin(x) | dy/dx | 15x^2*sin(x) + 5x^3*cos(x)
        y = cos(x)/(4x^2) | dy/dx | (-x*sin(x) - 2cos(x))/(4x^3)
        y = x/cos(x) | dy/dx | (cos(x) + x*sin(x))/cos(x)^2
        y = sin(x)/cos(x) | dy/dx | sec(x)^2
        y = csc(x) + x*tan(x) | dy/dx | -csc(x)*cot(x) + tan(x) + x*sec(x)^2
        y = 2tan(x) - 3cot(x) | dy/dx | 2sec(x)^2 + 3csc(x)^2
        y = cos(x)/sin(x) | dy/dx | -csc(x)^2
        y = sin(x)*cos(x) | dy/dx | cos(x)^2 - sin(x)^2
        y = sin(x) | d^2y/dx^2 | -sin(x)
    """),
    *_of("OpenStax, Calculus 1, section 3.6", """
        y = 1/(3x^2 + 1)^2 | dy/dx | -12x/(3x^2 + 1)^3
        y = sin(x)^3 | dy/dx | 3sin(x)^2*cos(x)
        y = (2x^3 + 2x - 1)^4 | dy/dx | 8*(3x^2 + 1)*(2x^3 + 2x - 1)^3
        y = cos(5x^2) | dy/dx | -10x*sin(5x^2)
        y = sec(4x^5 + 2x) | dy/dx | (20x^4 + 2)*sec(4x^5 + 2x)*tan(4x^5 + 2x)
        y = (2x + 1)^5*(3x - 2)^7 | dy/dx | (2x + 1)^4*(3x - 2)^6*(72x + 1)
        y = x/(2x + 3)^3 | dy/dx | (3 - 4x)/(2x + 3)^4
        y = cos(7x^2 + 1)^4 | dy/dx | -56x*cos(7x^2 + 1)^3*sin(7x^2 + 1)
        y = sin(x^3)^6 | dy/dx | 18x^2*sin(x^3)^5*cos(x^3)
        u = 4x^2 - 3x + 1; y = tan(u) | dy/dx | (8x - 3)*sec(4x^2 - 3x + 1)^2
        u = x/(3x + 2); y = u^5 | dy/dx | 10x^4/(3x + 2)^6
    """),
    *_of("OpenStax, Calculus 1, section 3.7", """
        y = x^(1/3) | dy/dx | 1/(3x^(2/3))
        y = x^(2/3) | dy/dx | 2/(3x^(1/3))
        y = arcsin(x^3) | dy/dx | 3x^2/sqrt(1 - x^6)
        y = arctan(x^2) | dy/dx | 2x/(1 + x^4)
        y = x^2*arcsin(x) | dy/dx | 2x*arcsin(x) + x^2/sqrt(1 - x^2)
        y = arccos(3x - 1) | dy/dx | -3/sqrt(1 - (3x - 1)^2)
        y = (x + 2)/x | dy/dx | -2/x^2
    """),
    *_of("OpenStax, Calculus 1, section 3.9", """
        y = exp(tan(2x)) | dy/dx | 2exp(tan(2x))*sec(2x)^2
        y = exp(x^2)/x | dy/dx | exp(x^2)*(2x^2 - 1)/x^2
        y = x*exp(2x) | dy/dx | exp(2x)*(1 + 2x)
        y = log(x^3 + 3x - 4) | dy/dx | (3x^2 + 3)/(x^3 + 3x - 4)
        y = log(x^2*sin(x)/(2x + 1)) | dy/dx | 2/x + cot(x) - 2/(2x + 1)
        y = log((3x + 2)^5) | dy/dx | 15/(3x + 2)
        y = 3^x/(3^x + 2) | dy/dx | 2*3^x*log(3)/(3^x + 2)^2
        y = x^x | dy/dx | x^x*(1 + log(x))
        y = exp(6*3*t) | dy/dt | 18exp(18t)
    """),
    *_of("OpenStax, Calculus 2, section 2.9", """
        y = sinh(x^2) | dy/dx | 2x*cosh(x^2)
        y = cosh(x)^2 | dy/dx | 2cosh(x)*sinh(x)
        y = arsinh(x/3) | dy/dx | 1/sqrt(9 + x^2)
        y = artanh(x)^2 | dy/dx | 2artanh(x)/(1 - x^2)
        y = sinh(x)/cosh(x) | dy/dx | 1/cosh(x)^2
        y = log(cosh(x)) | dy/dx | tanh(x)
        y = 1/cosh(x) | dy/dx | -sinh(x)/cosh(x)^2
    """),
    *_of("OpenStax, Calculus 3, section 4.3", """
        f = x^2 - 3x*y + 2y^2 - 4x + 5y - 12 | ∂f/∂x | 2x - 3y - 4
        f = x^2 - 3x*y + 2y^2 - 4x + 5y - 12 | ∂f/∂y | -3x + 4y + 5
        f = sin(x^2*y - 2x + 4) | ∂f/∂x | (2x*y - 2)*cos(x^2*y - 2x + 4)
        f = tan(x^3 - 3x^2*y^2 + 2y^4) | ∂f/∂x | (3x^2 - 6x*y^2)*sec(x^3 - 3x^2*y^2 + 2y^4)^2
        f = tan(x^3 - 3x^2*y^2 + 2y^4) | ∂f/∂y | (-6x^2*y + 8y^3)*sec(x^3 - 3x^2*y^2 + 2y^4)^2
        f = x*exp(-3y) + sin(2x - 5y) | ∂^2f/∂x^2 | -4sin(2x - 5y)
        f = x*exp(-3y) + sin(2x - 5y) | ∂^2f/∂y^2 | 9x*exp(-3y) - 25sin(2x - 5y)
        f = sin(x^2*y - z) + cos(x^2 - y*z) | ∂f/∂y | x^2*cos(x^2*y - z) + z*sin(x^2 - y*z)
        f = x^2*y - 4x*z + y^2 | ∂f/∂z | -4x
        f = sqrt(x^2 + y^2) | ∂f/∂x | x/sqrt(x^2 + y^2)
        f = arctan(y/x) | ∂f/∂x | -y/(x^2 + y^2)
        f = arctan(y/x) | ∂f/∂y | x/(x^2 + y^2)
        f = (x - y)/(x + y) | ∂f/∂x | 2y/(x + y)^2
    """),
    *_of("Strang, Calculus (MIT OpenCourseWare), chapters 2 to 6", """
        y = (x + 1)^2*(x - 1) | dy/dx | (x + 1)*(3x - 1)
        y = 1/(1 + x^2) | dy/dx | -2x/(1 + x^2)^2
        y = sqrt(1 - x^2) | dy/dx | -x/sqrt(1 - x^2)
        y = x*sqrt(1 - x^2) | dy/dx | (1 - 2x^2)/sqrt(1 - x^2)
        y = sqrt(1 + sin(x)) | dy/dx | cos(x)/(2sqrt(1 + sin(x)))
        y = x*log(x) - x | dy/dx | log(x)
        y = log(x + sqrt(x^2 + 1)) | dy/dx | 1/sqrt(x^2 + 1)
        y = log(sec(x) + tan(x)) | dy/dx | sec(x)
        y = log(cos(x)) | dy/dx | -tan(x)
        y = (exp(x) - exp(-x))/(exp(x) + exp(-x)) | dy/dx | 4/(exp(x) + exp(-x))^2
        y = (exp(x) - 1)/(exp(x) + 1) | dy/dx | 2exp(x)/(exp(x) + 1)^2
        y = exp(x)*sin(x) | dy/dx | exp(x)*(sin(x) + cos(x))
        y = exp(-x)*(x + 1) | dy/dx | -x*exp(-x)
        y = exp(-x^2/2) | d^2y/dx^2 | (x^2 - 1)*exp(-x^2/2)
        y = x^n*exp(-x) | dy/dx | x^(n - 1)*(n - x)*exp(-x)
        y = arctan(1/x) | dy/dx | -1/(1 + x^2)
        y = arcsin(x) + arccos(x) | dy/dx | 0
        y = sin(x)^2 + cos(x)^2 | dy/dx | 0
        y = tan(x) - x | dy/dx | tan(x)^2
    """),
    *_of("Guichard, Calculus: Early Transcendentals (Whitman College), chapters 3 and 4", """
        y = x^3*(x^3 - 5x + 10) | dy/dx | 6x^5 - 20x^3 + 30x^2
        y = (x^2 + 5x - 3)*(x^5 - 6x^3 + 3x^2 - 7x + 1) | dy/dx | 7x^6 + 30x^5 - 45x^4 - 108x^3 + 78x^2 - 86x + 26
        y = sqrt(625 - x^2) | dy/dx | -x/sqrt(625 - x^2)
        y = x/sqrt(x^2 + 1) | dy/dx | 1/(x^2 + 1)^(3/2)
        y = sqrt(1 + sqrt(x)) | dy/dx | 1/(4sqrt(x)*sqrt(1 + sqrt(x)))
        y = (x^2 + 1)/(x^3 - 3x) | dy/dx | (-x^4 - 6x^2 + 3)/(x^3 - 3x)^2
        y = (x^2 - 1)*exp(x) | dy/dx | (x^2 + 2x - 1)*exp(x)
        y = x^2*exp(x) | d^2y/dx^2 | (x^2 + 4x + 2)*exp(x)
        y = sin(x)/x | dy/dx | (x*cos(x) - sin(x))/x^2
        y = x*sin(x)*cos(x) | dy/dx | sin(x)*cos(x) + x*cos(x)^2 - x*sin(x)^2
    """),
    *_of("APEX Calculus, chapter 2", """
        y = 5x^2*sin(x) | dy/dx | 10x*sin(x) + 5x^2*cos(x)
        y = (x^2 + 3x + 1)*(2x^2 - 3x + 1) | dy/dx | 8x^3 + 9x^2 - 12x
        y = x^3*log(x)*cos(x) | dy/dx | x^3*log(x)*(-sin(x)) + x^2*cos(x) + 3x^2*log(x)*cos(x)
        y = 5x^2/sin(x) | dy/dx | (10x*sin(x) - 5x^2*cos(x))/sin(x)^2
        y = (x^2 + 1)/x | dy/dx | 1 - 1/x^2
        y = x*log(x) | dy/dx | log(x) + 1
        y = log(4x^3 - 2x^2) | dy/dx | (6x - 2)/(2x^2 - x)
        y = sin(2x)/2^x | dy/dx | (2cos(2x) - log(2)*sin(2x))/2^x
        y = exp(x)*(x^2 - 2x + 2) | dy/dx | x^2*exp(x)
    """),
    *_of("Boelkins, Active Calculus, chapter 2", """
        y = x*exp(x) | dy/dx | exp(x)*(x + 1)
        y = sin(x)/(1 + cos(x)) | dy/dx | 1/(1 + cos(x))
        y = exp(x)/(exp(x) + 1) | dy/dx | exp(x)/(exp(x) + 1)^2
        y = (3x - 1)/(2x + 5) | dy/dx | 17/(2x + 5)^2
        y = sqrt(x)*(x + 1) | dy/dx | (3x + 1)/(2sqrt(x))
        y = arctan(sqrt(x)) | dy/dx | 1/(2sqrt(x)*(1 + x))
        y = log(sin(x)) | dy/dx | cot(x)
        y = log(x^2 + 1) | d^2y/dx^2 | 2*(1 - x^2)/(x^2 + 1)^2
    """),
    *_of("Stanford CS231n, course notes on backpropagation", """
        f = x*y | ∂f/∂x | y
        q = x + y; f = q*z | ∂f/∂x | z
        q = x + y; f = q*z | ∂f/∂z | x + y
        f = 1/x | df/dx | -1/x^2
        y = sigmoid(x) | dy/dx | (1 - sigmoid(x))*sigmoid(x)
        y = 1/(1 + exp(-x)) | dy/dx | exp(-x)/(1 + exp(-x))^2
        s = w_0*x_0 + w_1*x_1 + w_2; f = sigmoid(s) | ∂f/∂w_0 | (1 - sigmoid(w_0*x_0 + w_1*x_1 + w_2))*sigmoid(w_0*x_0 + w_1*x_1 + w_2)*x_0
        L = -log(exp(f_1)/(exp(f_1) + exp(f_2))) | ∂L/∂f_1 | exp(f_1)/(exp(f_1) + exp(f_2)) - 1
        L = -log(exp(f_1)/(exp(f_1) + exp(f_2))) | ∂L/∂f_2 | exp(f_2)/(exp(f_1) + exp(f_2))
        y = tanh(x) | dy/dx | 1 - tanh(x)^2
    """),
    *_of("Zhang et al., Dive into Deep Learning, chapters 2 to 5", """
        u = 3x^2 - 4x | du/dx | 6x - 4
        y = x^3 - 1/x | dy/dx | 3x^2 + 1/x^2
        f = 3x_1^2 + 5exp(x_2) | ∂f/∂x_1 | 6x_1
        l = 1/2*(w*x + b - y)^2 | ∂l/∂w | x*(w*x + b - y)
        l = 1/2*(w*x + b - y)^2 | ∂l/∂b | w*x + b - y
        l = 1/2*(y - o)^2; o = w*x + b | ∂l/∂w | x*(w*x + b - y)
        l = log(exp(o_1) + exp(o_2)) - y_1*o_1 - y_2*o_2 | ∂l/∂o_1 | exp(o_1)/(exp(o_1) + exp(o_2)) - y_1
        y = 2/(1 + exp(-2x)) - 1 | dy/dx | 4exp(-2x)/(1 + exp(-2x))^2
        y = (1 - exp(-2x))/(1 + exp(-2x)) | dy/dx | 4exp(-2x)/(1 + exp(-2x))^2
        h = tanh(w*x + u*h_0 + b) | ∂h/∂u | h_0*(1 - tanh(w*x + u*h_0 + b)^2)
        y = x*sigmoid(b*x) | dy/dx | sigmoid(b*x) + b*x*sigmoid(b*x)*(1 - sigmoid(b*x))
    """),
    *_of("Nielsen, Neural Networks and Deep Learning, chapters 2 and 3", """
        C = 1/2*(y - a)^2; a = sigmoid(z); z = w*x + b | ∂C/∂b | (sigmoid(w*x + b) - y)*sigmoid(w*x + b)*(1 - sigmoid(w*x + b))
        C = -(y*log(a) + (1 - y)*log(1 - a)) | ∂C/∂a | (a - y)/(a*(1 - a))
        C = -(y*log(a) + (1 - y)*log(1 - a)); a = sigmoid(z); z = w*x + b | ∂C/∂w | x*(sigmoid(w*x + b) - y)
        C = -(y*log(a) + (1 - y)*log(1 - a)); a = sigmoid(z); z = w*x + b | ∂C/∂b | sigmoid(w*x + b) - y
        C = -(y*log(sigmoid(z)) + (1 - y)*log(1 - sigmoid(z))) | ∂C/∂z | sigmoid(z) - y
    """),
    *_of("Goodfellow, Bengio, Courville, Deep Learning, chapters 3, 4 and 6", """
        y = softplus(x) | dy/dx | sigmoid(x)
        y = log(sigmoid(x)) | dy/dx | 1 - sigmoid(x)
        y = log(1 - sigmoid(x)) | dy/dx | -sigmoid(x)
        y = log(1 + exp(x)) | dy/dx | exp(x)/(1 + exp(x))
        y = exp(x)/(1 + exp(x)) | dy/dx | exp(x)/(1 + exp(x))^2
        y = log(x/(1 - x)) | dy/dx | 1/(x*(1 - x))
        L = softplus((1 - 2t)*z) | ∂L/∂z | (1 - 2t)*sigmoid((1 - 2t)*z)
        J = b*(z - w)^2/2 | ∂J/∂z | b*(z - w)
    """),
    *_of("Baydin et al., Automatic Differentiation in Machine Learning: a Survey", """
        y = log(x_1) + x_1*x_2 - sin(x_2) | ∂y/∂x_1 | 1/x_1 + x_2
        y = log(x_1) + x_1*x_2 - sin(x_2) | ∂y/∂x_2 | x_1 - cos(x_2)
        y = 4x*(1 - x) | dy/dx | 4 - 8x
        y = 16x*(1 - x)*(1 - 2x)^2 | dy/dx | 16*(1 - 10x + 24x^2 - 16x^3)
    """),
    *_of("Olah, Calculus on Computational Graphs", """
        c = a + b; d = b + 1; e = c*d | ∂e/∂a | b + 1
        c = a + b; d = b + 1; e = c*d | ∂e/∂b | a + 2b + 1
    """),
    *_of("Deisenroth, Faisal, Ong, Mathematics for Machine Learning, chapter 5", """
        h = (2x + 1)^4 | dh/dx | 8*(2x + 1)^3
        f = (x + 2y^3)^2 | ∂f/∂x | 2*(x + 2y^3)
        f = (x + 2y^3)^2 | ∂f/∂y | 12*(x + 2y^3)*y^2
        f = x_1^2*x_2 + x_1*x_2^3 | ∂f/∂x_1 | 2x_1*x_2 + x_2^3
        f = x_1^2*x_2 + x_1*x_2^3 | ∂f/∂x_2 | x_1^2 + 3x_1*x_2^2
        x_1 = sin(t); x_2 = cos(t); f = x_1^2 + 2x_2 | df/dt | 2sin(t)*(cos(t) - 1)
        f = sqrt(x^2 + exp(x^2)) + cos(x^2 + exp(x^2)) | df/dx | 2x*(1/(2sqrt(x^2 + exp(x^2))) - sin(x^2 + exp(x^2)))*(1 + exp(x^2))
        f = log(x^4)*sin(x^3) | df/dx | 4/x*sin(x^3) + 3x^2*log(x^4)*cos(x^3)
        f = 1/(1 + exp(-x)) | df/dx | exp(-x)/(1 + exp(-x))^2
        f = exp(-(x - m)^2/(2s^2)) | ∂f/∂x | -(x - m)/s^2*exp(-(x - m)^2/(2s^2))
    """),
    *_of("Wikipedia, articles on the functions", """
        y = log(x/(1 - x)) | dy/dx | 1/(x*(1 - x))
        H = -p*log(p) - (1 - p)*log(1 - p) | dH/dp | -log(p/(1 - p))
        y = x/(1 + exp(-x)) | dy/dx | (1 + exp(-x) + x*exp(-x))/(1 + exp(-x))^2
        y = x/(1 + abs(x)) | dy/dx | 1/(1 + abs(x))^2
        y = abs(x)^3 | dy/dx | 3x*abs(x)
        y = log(abs(x)) | dy/dx | 1/x
        y = exp(-x^2) | d^2y/dx^2 | (4x^2 - 2)*exp(-x^2)
        y = x/sqrt(1 + a*x^2) | ∂y/∂x | 1/sqrt(1 + a*x^2)^3
        y = V*x/(k + x) | ∂y/∂x | V*k/(k + x)^2
        y = a/(1 + exp(-k*(x - c))) | ∂y/∂x | a*k*exp(-k*(x - c))/(1 + exp(-k*(x - c)))^2
        p = n*R*T/V | ∂p/∂V | -n*R*T/V^2
        R = R_1*R_2/(R_1 + R_2) | ∂R/∂R_1 | R_2^2/(R_1 + R_2)^2
        S = log(x^2 + b^2) | ∂S/∂x | 2x/(x^2 + b^2)
    """),
)  # fmt: skip
