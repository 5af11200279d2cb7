# ruff: noqa: N803  # matrices have capital letters
"""Formulas from the open literature: each as typed text, as LaTeX and as a Python function, with a point."""

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import autograd.numpy as np
from autograd.extend import defvjp, primitive


class Case(NamedTuple):
    name: str
    source: str
    text: str
    latex: str
    python: Callable[..., Any]
    at: dict[str, float]


erf = primitive(math.erf)
defvjp(erf, lambda _, x: lambda out: out * 2 / np.sqrt(np.pi) * np.exp(-(x**2)))


def sigmoid(z: float) -> float:
    return 1 / (1 + np.exp(-z))


def normal_cdf(z: float) -> float:
    return (1 + erf(z / np.sqrt(2))) / 2


def baydin(x_1: float, x_2: float) -> float:
    return np.log(x_1) + x_1 * x_2 - np.sin(x_2)


def baydin_trace(x_1: float, x_2: float) -> float:
    v_1 = np.log(x_1)
    v_2 = x_1 * x_2
    v_3 = np.sin(x_2)
    v_4 = v_1 + v_2
    return v_4 - v_3


def griewank_walther(x_1: float, x_2: float) -> float:
    ratio = x_1 / x_2
    power = np.exp(x_2)
    return (np.sin(ratio) + ratio - power) * (ratio - power)


def lighthouse(nu: float, gamma: float, omega: float, t: float) -> float:
    slope = np.tan(omega * t)
    return gamma * (nu * slope / (gamma - slope))


def speelpenning(x_1: float, x_2: float, x_3: float, x_4: float) -> float:
    return x_1 * x_2 * x_3 * x_4


def wikipedia_ad(x_1: float, x_2: float) -> float:
    return x_1 * x_2 + np.sin(x_1)


def olah(a: float, b: float) -> float:
    c = a + b
    d = b + 1
    return c * d


def cs231n_product(x: float, y: float, z: float) -> float:
    q = x + y
    return q * z


def cs231n_neuron(w_0: float, x_0: float, w_1: float, x_1: float, w_2: float) -> float:
    dot = w_0 * x_0 + w_1 * x_1 + w_2
    return 1.0 / (1.0 + np.exp(-dot))


def cs231n_staged(x: float, y: float) -> float:
    num = x + sigmoid(y)
    den = sigmoid(x) + (x + y) ** 2
    return num / den


def micrograd_neuron(x_1: float, x_2: float, w_1: float, w_2: float, b: float) -> float:
    n = x_1 * w_1 + x_2 * w_2 + b
    return np.tanh(n)


def autograd_tanh(x: float) -> float:
    u = np.exp(-2 * x)
    return (1 - u) / (1 + u)


def cubic_square(x: float) -> float:
    y = 2 * x**3 + 3
    return y**2


def sine_square(a: float, x: float, b: float) -> float:
    y = np.sin(a * x + b)
    return y * y


def openstax_product(x: float) -> float:
    return (x**2 + 2) * (3 * x**3 - 5 * x)


def openstax_quotient(x: float) -> float:
    return 5 * x**2 / (4 * x + 3)


def openstax_reciprocal(x: float) -> float:
    return 1 / (3 * x**2 + 1) ** 2


def openstax_sine_cubed(x: float) -> float:
    return np.sin(x) ** 3


def openstax_three_functions(x: float) -> float:
    u = 7 * x**2 + 1
    v = np.cos(u)
    return v**4


def openstax_chain_product(x: float) -> float:
    return (2 * x + 1) ** 5 * (3 * x - 2) ** 7


def openstax_arcsine(x: float) -> float:
    return np.arcsin(2 * x**3)


def openstax_square_arcsine(x: float) -> float:
    return x**2 * np.arcsin(x)


def openstax_arctangent(x: float) -> float:
    return np.arctan(x**2)


def openstax_exponential(x: float) -> float:
    return np.exp(x**2) / x


def openstax_logarithm(x: float) -> float:
    return 2 * np.log(x) + np.log(np.sin(x)) - np.log(2 * x + 1)


def openstax_general_exponential(x: float) -> float:
    power = 3**x
    return power / (power + 2)


def openstax_tangent_power(x: float) -> float:
    return (2 * x**4 + 1) ** np.tan(x)


def openstax_log_quotient(x: float) -> float:
    return x * np.sqrt(2 * x + 1) / (np.exp(x) * np.sin(x) ** 3)


def openstax_arsinh(x: float) -> float:
    return np.arcsinh(x / 3)


def openstax_artanh(x: float) -> float:
    return np.arctanh(x) ** 2


def active_exponential(x: float) -> float:
    return 2 ** np.sin(x)


def active_cotangent(x: float) -> float:
    return (1 / np.tan(x)) ** 5


def active_secant(x: float) -> float:
    return (1 / np.cos(x) + np.exp(x)) ** 9


def active_root(r: float) -> float:
    return 4 * np.sqrt(r**6 + 2 * np.exp(r))


def active_sine_cosine(v: float) -> float:
    return np.sin(v**2) * np.cos(v**3)


def active_quotient(y: float) -> float:
    return np.cos(10 * y) / (np.exp(4 * y) + 1)


def active_secant_power(z: float) -> float:
    return 2 ** (z**2 / np.cos(z))


def active_nested(x: float) -> float:
    return np.sin(np.exp(x**2))


def active_arctangent(x: float) -> float:
    return x**3 * np.arctan(x) + np.exp(x) * np.log(x)


def active_arcsine_power(t: float) -> float:
    return 2.0 ** (t * np.arcsin(t))


def active_high_power(z: float) -> float:
    return (np.arcsin(5 * z) + np.arctan(4 - z)) ** 27


def active_log_log(z: float) -> float:
    return np.log(np.log(z))


def paul_cube_root(x: float) -> float:
    return (x**2) ** (1 / 3) * (2 * x - x**2)


def paul_power(t: float) -> float:
    return (2 * t**3 + np.cos(t)) ** 50


def paul_exponential(w: float) -> float:
    return np.exp(w**4 - 3 * w**2 + 9)


def paul_cosines(t: float) -> float:
    return np.cos(t) ** 4 + np.cos(t**4)


def paul_secant(x: float) -> float:
    return 1 / np.cos(1 - 5 * x)


def paul_log_quotient(x: float) -> float:
    return x**5 / ((1 - 10 * x) * np.sqrt(x**2 + 2))


def paul_cosine_power(x: float) -> float:
    return (1 - 3 * x) ** np.cos(x)


def paul_inverse_trig(t: float) -> float:
    return 4 * np.arccos(t) - 10 * np.arctan(t)


def paul_hyperbolic(t: float) -> float:
    return np.sinh(t) / (t + 1)


def mit_chain(t: float) -> float:
    x = np.sin(t)
    return x**10


def mit_power(x: float) -> float:
    return x**x


def logistic(x: float) -> float:
    return 1 / (1 + np.exp(-x))


def tanh_quotient(x: float) -> float:
    up, down = np.exp(x), np.exp(-x)
    return (up - down) / (up + down)


def lecun_tanh(x: float) -> float:
    return 1.7159 * np.tanh(2 / 3 * x)


def softplus(x: float) -> float:
    return np.log1p(np.exp(x))


def swish(x: float, beta: float) -> float:
    return x * sigmoid(beta * x)


def gelu_exact(x: float) -> float:
    return x / 2 * (1 + erf(x / np.sqrt(2)))


def gelu_tanh(x: float) -> float:
    u = np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)
    return 0.5 * x * (1 + np.tanh(u))


def geglu(x: float, w: float, v: float) -> float:
    z = x * w
    gate = 0.5 * z * (1 + erf(z / np.sqrt(2)))
    return gate * (x * v)


def swiglu(x: float, w: float, v: float) -> float:
    return x * w * sigmoid(x * w) * (x * v)


def mish(x: float) -> float:
    return x * np.tanh(np.log(1 + np.exp(x)))


def softsign(x: float) -> float:
    return x / (1 + np.abs(x))


def scaled_arctan(x: float) -> float:
    return 2 / np.pi * np.arctan(np.pi / 2 * x)


def gaussian_activation(x: float) -> float:
    return np.exp(-(x**2))


def log_sigmoid(x: float) -> float:
    return np.log(1 / (1 + np.exp(-x)))


def selu_negative(x: float, alpha: float) -> float:
    return 1.0507 * alpha * np.expm1(x)


def squareplus(x: float, b: float) -> float:
    return (x + np.sqrt(x**2 + b)) / 2


def squared_error(y_hat: float, y: float) -> float:
    return 0.5 * (y_hat - y) ** 2


def binary_cross_entropy(z: float, y: float) -> float:
    y_hat = sigmoid(z)
    return -(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat))


def logistic_loss(t: float, z: float) -> float:
    margin = t * z
    return np.log(1 + np.exp(-margin))


def hinge(w: float, x: float, b: float, t: float) -> float:
    y = w * x + b
    return np.maximum(0, 1 - t * y)


def pinball(y: float, q: float, tau: float) -> float:
    u = y - q
    return np.maximum(tau * u, (tau - 1) * u)


def log_cosh(y_hat: float, y: float) -> float:
    return np.log(np.cosh(y_hat - y))


def pseudo_huber(a: float, delta: float) -> float:
    return delta**2 * (np.sqrt(1 + (a / delta) ** 2) - 1)


def kl_bernoulli(p: float, q: float) -> float:
    return p * np.log(p / q) + (1 - p) * np.log((1 - p) / (1 - q))


def binary_entropy(p: float) -> float:
    return -p * np.log2(p) - (1 - p) * np.log2(1 - p)


def focal(alpha_t: float, p_t: float, gamma: float) -> float:
    return -alpha_t * (1 - p_t) ** gamma * np.log(p_t)


def cauchy(x: float, c: float) -> float:
    return np.log(0.5 * (x / c) ** 2 + 1)


def barron(x: float, alpha: float, c: float) -> float:
    b = np.abs(alpha - 2)
    inner = (x / c) ** 2 / b + 1
    return b / alpha * (inner ** (alpha / 2) - 1)


def poisson_nll(x: float, y: float) -> float:
    return np.exp(x) - y * x


def gaussian_nll(mu: float, v: float, y: float) -> float:
    return 0.5 * (np.log(v) + (mu - y) ** 2 / v)


def vae_divergence(mu: float, sigma: float) -> float:
    variance = sigma**2
    return -0.5 * (1 + np.log(variance) - mu**2 - variance)


def lstm(
    x_1: float,
    h_0: float,
    c_0: float,
    w_f: float,
    u_f: float,
    b_f: float,
    w_i: float,
    u_i: float,
    b_i: float,
    w_o: float,
    u_o: float,
    b_o: float,
    w_c: float,
    u_c: float,
    b_c: float,
) -> float:
    forget = sigmoid(w_f * x_1 + u_f * h_0 + b_f)
    enter = sigmoid(w_i * x_1 + u_i * h_0 + b_i)
    leave = sigmoid(w_o * x_1 + u_o * h_0 + b_o)
    candidate = np.tanh(w_c * x_1 + u_c * h_0 + b_c)
    c_1 = forget * c_0 + enter * candidate
    return leave * np.tanh(c_1)


def gru(x: float, h_0: float, w_z: float, u_z: float, w_r: float, u_r: float, w: float, u: float) -> float:
    z = sigmoid(w_z * x + u_z * h_0)
    r = sigmoid(w_r * x + u_r * h_0)
    candidate = np.tanh(w * x + u * (r * h_0))
    return (1 - z) * h_0 + z * candidate


def elman(x_t: float, h_0: float, w_h: float, u_h: float, b_h: float, w_y: float, b_y: float) -> float:
    h_t = np.tanh(w_h * x_t + u_h * h_0 + b_h)
    return sigmoid(w_y * h_t + b_y)


def two_steps(b: float, w: float, h_0: float, u: float, x_1: float, x_2: float, c: float, v: float) -> float:
    h = np.tanh(b + w * h_0 + u * x_1)
    h = np.tanh(b + w * h + u * x_2)
    return c + v * h


def batch_normalisation(x: float, mu: float, sigma: float, epsilon: float, gamma: float, beta: float) -> float:
    x_hat = (x - mu) / np.sqrt(sigma**2 + epsilon)
    return gamma * x_hat + beta


def two_layers(x: float, w_1: float, b_1: float, w_2: float, b_2: float, y: float) -> float:
    a = np.maximum(0, w_1 * x + b_1)
    y_hat = w_2 * a + b_2
    return (y - y_hat) ** 2


def sigmoid_chain(x: float, w_1: float, b_1: float, w_2: float, b_2: float, y: float) -> float:
    a = sigmoid(w_1 * x + b_1)
    a = sigmoid(w_2 * a + b_2)
    return 0.5 * (y - a) ** 2


def softmax_two(a: float, b: float) -> float:
    return np.exp(a) / (np.exp(a) + np.exp(b))


def softmax_three(z_1: float, z_2: float, z_3: float) -> float:
    s = np.exp(z_1) + np.exp(z_2) + np.exp(z_3)
    return -np.log(np.exp(z_1) / s)


def adam(
    theta: float, g: float, m_0: float, v_0: float, alpha: float, beta_1: float, beta_2: float, epsilon: float, t: float
) -> float:
    m = beta_1 * m_0 + (1 - beta_1) * g
    v = beta_2 * v_0 + (1 - beta_2) * g**2
    m_hat = m / (1 - beta_1**t)
    v_hat = v / (1 - beta_2**t)
    return theta - alpha * m_hat / (np.sqrt(v_hat) + epsilon)


def poincare_distance(u: float, v: float) -> float:
    return np.arccosh(1 + 2 * (u - v) ** 2 / ((1 - u**2) * (1 - v**2)))


def rosenbrock(x: float, y: float) -> float:
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def himmelblau(x: float, y: float) -> float:
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def goldstein_price(x: float, y: float) -> float:
    u = 1 + (x + y + 1) ** 2 * (19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2)
    v = 30 + (2 * x - 3 * y) ** 2 * (18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2)
    return u * v


def beale(x: float, y: float) -> float:
    a = 1.5 - x + x * y
    b = 2.25 - x + x * y**2
    c = 2.625 - x + x * y**3
    return a**2 + b**2 + c**2


def booth(x: float, y: float) -> float:
    return (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2


def matyas(x: float, y: float) -> float:
    return 0.26 * (x**2 + y**2) - 0.48 * x * y


def three_hump_camel(x: float, y: float) -> float:
    return 2 * x**2 - 1.05 * x**4 + x**6 / 6 + x * y + y**2


def six_hump_camel(x_1: float, x_2: float) -> float:
    return (4 - 2.1 * x_1**2 + x_1**4 / 3) * x_1**2 + x_1 * x_2 + (-4 + 4 * x_2**2) * x_2**2


def mccormick(x: float, y: float) -> float:
    return np.sin(x + y) + (x - y) ** 2 - 1.5 * x + 2.5 * y + 1


def easom(x: float, y: float) -> float:
    distance = (x - np.pi) ** 2 + (y - np.pi) ** 2
    return -np.cos(x) * np.cos(y) * np.exp(-distance)


def ackley(x: float, y: float) -> float:
    radius = np.sqrt(0.5 * (x**2 + y**2))
    waves = 0.5 * (np.cos(2 * np.pi * x) + np.cos(2 * np.pi * y))
    return -20 * np.exp(-0.2 * radius) - np.exp(waves) + np.e + 20


def levi_13(x: float, y: float) -> float:
    a = np.sin(3 * np.pi * x) ** 2
    b = (x - 1) ** 2 * (1 + np.sin(3 * np.pi * y) ** 2)
    c = (y - 1) ** 2 * (1 + np.sin(2 * np.pi * y) ** 2)
    return a + b + c


def schaffer_2(x: float, y: float) -> float:
    top = np.sin(x**2 - y**2) ** 2 - 0.5
    bottom = (1 + 0.001 * (x**2 + y**2)) ** 2
    return 0.5 + top / bottom


def eggholder(x: float, y: float) -> float:
    a = y + 47
    return -a * np.sin(np.sqrt(np.abs(x / 2 + a))) - x * np.sin(np.sqrt(np.abs(x - a)))


def branin(x_1: float, x_2: float) -> float:
    b = 5.1 / (4 * np.pi**2)
    c = 5 / np.pi
    t = 1 / (8 * np.pi)
    return (x_2 - b * x_1**2 + c * x_1 - 6) ** 2 + 10 * (1 - t) * np.cos(x_1) + 10


def styblinski_tang(x: float, y: float) -> float:
    a = x**4 - 16 * x**2 + 5 * x
    b = y**4 - 16 * y**2 + 5 * y
    return (a + b) / 2


def rastrigin(x: float, y: float) -> float:
    return 20 + (x**2 - 10 * np.cos(2 * np.pi * x)) + (y**2 - 10 * np.cos(2 * np.pi * y))


def griewank(x: float, y: float) -> float:
    return 1 + x**2 / 4000 + y**2 / 4000 - np.cos(x) * np.cos(y / np.sqrt(2))


def bohachevsky(x_1: float, x_2: float) -> float:
    return x_1**2 + 2 * x_2**2 - 0.3 * np.cos(3 * np.pi * x_1) - 0.4 * np.cos(4 * np.pi * x_2) + 0.7


def zakharov(x_1: float, x_2: float) -> float:
    s = 0.5 * x_1 + x_2
    return x_1**2 + x_2**2 + s**2 + s**4


def michalewicz(x_1: float, x_2: float) -> float:
    a = np.sin(x_1) * np.sin(x_1**2 / np.pi) ** 20
    b = np.sin(x_2) * np.sin(2 * x_2**2 / np.pi) ** 20
    return -(a + b)


def drop_wave(x_1: float, x_2: float) -> float:
    r = np.sqrt(x_1**2 + x_2**2)
    return -(1 + np.cos(12 * r)) / (0.5 * r**2 + 2)


def powell_singular(x_1: float, x_2: float, x_3: float, x_4: float) -> float:
    return (x_1 + 10 * x_2) ** 2 + 5 * (x_3 - x_4) ** 2 + (x_2 - 2 * x_3) ** 4 + 10 * (x_1 - x_4) ** 4


def freudenstein_roth(x_1: float, x_2: float) -> float:
    f_1 = -13 + x_1 + ((5 - x_2) * x_2 - 2) * x_2
    f_2 = -29 + x_1 + ((x_2 + 1) * x_2 - 14) * x_2
    return f_1**2 + f_2**2


def helical_valley(x_1: float, x_2: float, x_3: float) -> float:
    theta = np.arctan(x_2 / x_1) / (2 * np.pi)
    radius = np.sqrt(x_1**2 + x_2**2)
    return 100 * ((x_3 - 10 * theta) ** 2 + (radius - 1) ** 2) + x_3**2


def black_scholes_d1(S: float, K: float, r: float, sigma: float, T: float) -> float:
    return (np.log(S / K) + (r + sigma**2 / 2) * T) / (sigma * np.sqrt(T))


def black_scholes_call(S: float, K: float, r: float, sigma: float, T: float) -> float:
    spread = sigma * np.sqrt(T)
    d_1 = (np.log(S / K) + (r + sigma**2 / 2) * T) / spread
    d_2 = d_1 - spread
    return S * normal_cdf(d_1) - K * np.exp(-r * T) * normal_cdf(d_2)


def lennard_jones(r: float, epsilon: float, sigma: float) -> float:
    s6 = (sigma / r) ** 6
    return 4 * epsilon * (s6**2 - s6)


def planck(nu: float, T: float, h: float, c: float, k: float) -> float:
    x = h * nu / (k * T)
    return 2 * h * nu**3 / c**2 / (np.exp(x) - 1)


def logistic_growth(t: float, P_0: float, K: float, r: float) -> float:
    growth = np.exp(r * t)
    return P_0 * K * growth / ((K - P_0) + P_0 * growth)


def michaelis_menten(V_max: float, S: float, K_m: float) -> float:
    return V_max * S / (K_m + S)


def hill(L: float, K_A: float, n: float) -> float:
    return 1 / (1 + (K_A / L) ** n)


def gaussian_density(x: float, mu: float, sigma: float) -> float:
    z = (x - mu) / sigma
    return np.exp(-0.5 * z**2) / (sigma * np.sqrt(2 * np.pi))


def z_score(x_bar: float, mu: float, sigma: float, n: float) -> float:
    return (x_bar - mu) / (sigma / np.sqrt(n))


def van_der_waals(n: float, R: float, T: float, V: float, a: float, b: float) -> float:
    return n * R * T / (V - n * b) - a * n**2 / V**2


def morse(r: float, D_e: float, a: float, r_e: float) -> float:
    decay = np.exp(-a * (r - r_e))
    return D_e * (1 - decay) ** 2


def haversine(phi_1: float, phi_2: float, lambda_1: float, lambda_2: float, r: float) -> float:
    vertical = np.sin((phi_2 - phi_1) / 2) ** 2
    horizontal = np.sin((lambda_2 - lambda_1) / 2) ** 2
    a = vertical + np.cos(phi_1) * np.cos(phi_2) * horizontal
    return 2 * r * np.arcsin(np.sqrt(a))


def bearing(lambda_1: float, lambda_2: float, phi_1: float, phi_2: float) -> float:
    delta = lambda_2 - lambda_1
    y = np.sin(delta) * np.cos(phi_2)
    x = np.cos(phi_1) * np.sin(phi_2) - np.sin(phi_1) * np.cos(phi_2) * np.cos(delta)
    return np.arctan2(y, x)


def arrhenius(A: float, E_a: float, R: float, T: float) -> float:
    return A * np.exp(-E_a / (R * T))


def thin_lens(d_o: float, d_i: float) -> float:
    return 1 / (1 / d_o + 1 / d_i)


def lens_maker(n: float, R_1: float, R_2: float) -> float:
    return 1 / ((n - 1) * (1 / R_1 - 1 / R_2))


def lorentz_factor(v: float, c: float) -> float:
    return 1 / np.sqrt(1 - v**2 / c**2)


def lorentz_transformation(x: float, t: float, v: float, c: float) -> float:
    beta = v / c
    gamma = 1 / np.sqrt(1 - beta**2)
    return gamma * (x - v * t)


def kepler(E: float, epsilon: float) -> float:
    return E - epsilon * np.sin(E)


def rocket(v_e: float, m_0: float, m_f: float) -> float:
    return v_e * np.log(m_0 / m_f)


def refraction(n_1: float, n_2: float, theta_1: float) -> float:
    return np.arcsin(n_1 / n_2 * np.sin(theta_1))


def projectile_range(v_0: float, theta_0: float, g: float) -> float:
    return v_0**2 * np.sin(2 * theta_0) / g


def damped_oscillation(t: float, A_0: float, b: float, m: float, omega: float, phi: float) -> float:
    envelope = A_0 * np.exp(-b / (2 * m) * t)
    return envelope * np.cos(omega * t + phi)


def nernst(E_0: float, R: float, T: float, z: float, F: float, Q: float) -> float:
    return E_0 - R * T / (z * F) * np.log(Q)


def henderson_hasselbalch(pK: float, A: float, H: float) -> float:
    return pK + np.log10(A / H)


def yukawa(g: float, mu: float, r: float) -> float:
    return -(g**2) * np.exp(-mu * r) / r


def cobb_douglas(A: float, L: float, beta: float, K: float, alpha: float) -> float:
    return A * L**beta * K**alpha


def leontief(x_1: float, a: float, x_2: float, b: float) -> float:
    return np.minimum(x_1 / a, x_2 / b)


CASES = (
    Case(
        "baydin",
        "A. G. Baydin et al., Automatic Differentiation in Machine Learning: a Survey, JMLR 18 (2018), section 3",
        "y = ln(x_1) + x_1*x_2 - sin(x_2)",
        r"$$ y = \ln(x_1) + x_1 x_2 - \sin(x_2) $$",
        baydin,
        {"x_1": 2.0, "x_2": 5.0},
    ),
    Case(
        "baydin_trace",
        "A. G. Baydin et al., Automatic Differentiation in Machine Learning: a Survey, JMLR 18 (2018), "
        "section 3, the evaluation trace of table 2",
        "v_1 = ln(x_1); v_2 = x_1*x_2; v_3 = sin(x_2); v_4 = v_1 + v_2; v_5 = v_4 - v_3; y = v_5",
        r"""
\begin{align*}
  v_1 &= \ln x_1 \\
  v_2 &= x_1 \times x_2 \\
  v_3 &= \sin x_2 \\
  v_4 &= v_1 + v_2 \\
  v_5 &= v_4 - v_3 \\
  y   &= v_5
\end{align*}
""",
        baydin_trace,
        {"x_1": 1.5, "x_2": 0.7},
    ),
    Case(
        "griewank_walther",
        "A. Griewank and A. Walther, Evaluating Derivatives, 2nd ed., SIAM 2008, chapter 1",
        "y = (sin(x_1/x_2) + x_1/x_2 - exp(x_2))*(x_1/x_2 - exp(x_2))",
        r"\[ y = \left[ \sin(x_1/x_2) + x_1/x_2 - \exp(x_2) \right] \cdot \left[ x_1/x_2 - \exp(x_2) \right] \]",
        griewank_walther,
        {"x_1": 1.5, "x_2": 0.5},
    ),
    Case(
        "lighthouse",
        "A. Griewank and A. Walther, Evaluating Derivatives, 2nd ed., SIAM 2008, the lighthouse example",
        "y_1 = nu*tan(omega*t)/(gamma - tan(omega*t)); y_2 = gamma*y_1",
        r"\[ y_1 = \frac{\nu \tan(\omega t)}{\gamma - \tan(\omega t)}, \qquad y_2 = \gamma\, y_1. \]",
        lighthouse,
        {"nu": 1.5, "gamma": 1.2, "omega": 0.8, "t": 0.6},
    ),
    Case(
        "speelpenning",
        "A. Griewank and A. Walther, Evaluating Derivatives, 2nd ed., SIAM 2008, Speelpenning's product",
        "y = x_1 * x_2 * x_3 * x_4",
        r"y = x_{1} \cdot x_{2} \cdot x_{3} \cdot x_{4}",
        speelpenning,
        {"x_1": 1.5, "x_2": -0.5, "x_3": 2.0, "x_4": 0.7},
    ),
    Case(
        "wikipedia_ad",
        "Wikipedia, Automatic differentiation",
        "w_1 = x_1*x_2; w_2 = sin x_1; z = w_1 + w_2",
        r"""
\begin{align}
  w_1 &= x_1 x_2, \\
  w_2 &= \sin x_1, \\
  z &= w_1 + w_2.
\end{align}
""",
        wikipedia_ad,
        {"x_1": 2.0, "x_2": 3.0},
    ),
    Case(
        "olah",
        "C. Olah, Calculus on Computational Graphs: Backpropagation, https://colah.github.io/posts/2015-08-Backprop/",
        "c = a + b; d = b + 1; e = c*d",
        r"""
\[
  \begin{aligned}
    c &= a + b \\
    d &= b + 1 \\
    e &= c * d
  \end{aligned}
\]
""",
        olah,
        {"a": 2.0, "b": 1.0},
    ),
    Case(
        "cs231n_product",
        "Stanford CS231n course notes, Backpropagation, Intuitions, https://cs231n.github.io/optimization-2/",
        "q = x + y; f = q*z",
        "$q = x + y$, $f = q z$",
        cs231n_product,
        {"x": -2.0, "y": 5.0, "z": -4.0},
    ),
    Case(
        "cs231n_neuron",
        "Stanford CS231n course notes, Backpropagation, Intuitions, https://cs231n.github.io/optimization-2/",
        "f = 1/(1 + e^(-(w_0*x_0 + w_1*x_1 + w_2)))",
        r"f = \frac{1}{1 + e^{-(w_0 x_0 + w_1 x_1 + w_2)}}",
        cs231n_neuron,
        {"w_0": 2.0, "x_0": -1.0, "w_1": -3.0, "x_1": -2.0, "w_2": -3.0},
    ),
    Case(
        "cs231n_staged",
        "Stanford CS231n course notes, Backpropagation, Intuitions, https://cs231n.github.io/optimization-2/",
        "f = (x + sigmoid(y))/(sigmoid(x) + (x + y)^2)",
        r"\[ f(x,y) = \frac{x + \sigma(y)}{\sigma(x) + (x+y)^2} \]",
        cs231n_staged,
        {"x": 3.0, "y": -4.0},
    ),
    Case(
        "micrograd_neuron",
        "A. Karpathy, micrograd and the lecture on it, https://github.com/karpathy/micrograd",
        "n = x_1*w_1 + x_2*w_2 + b; o = tanh(n)",
        r"$n = x_1 w_1 + x_2 w_2 + b; \quad o = \tanh(n)$",
        micrograd_neuron,
        {"x_1": 2.0, "x_2": 0.5, "w_1": -3.0, "w_2": 1.0, "b": 6.2},
    ),
    Case(
        "autograd_tanh",
        "D. Maclaurin, D. Duvenaud and M. Johnson, Autograd, README, https://github.com/HIPS/autograd",
        "u = exp(-2x); y = (1 - u)/(1 + u)",
        r"""
\begin{gather*}
  u = e^{-2x}, \\
  y = \frac{1 - u}{1 + u}.
\end{gather*}
""",
        autograd_tanh,
        {"x": 0.8},
    ),
    Case(
        "cubic_square",
        "a lecture example of the chain rule, in many notes",
        "y = 2x^3 + 3; z = y^2",
        r"y = 2x^3 + 3, \quad z = y^2",
        cubic_square,
        {"x": 1.2},
    ),
    Case(
        "sine_square",
        "a lecture example of the chain rule, in many notes",
        "y = sin(a*x + b); z = y^2",
        r"""
\begin{cases}
  y = \sin(ax + b) \\
  z = y^2
\end{cases}
""",
        sine_square,
        {"a": 1.3, "x": 0.4, "b": 0.2},
    ),
    Case(
        "openstax_product",
        "G. Strang, E. Herman et al., OpenStax Calculus Volume 1, section 3.3, product rule",
        "j = (x^2 + 2)(3x^3 - 5x)",
        "j(x) = (x^2 + 2)(3x^3 - 5x)",
        openstax_product,
        {"x": 1.3},
    ),
    Case(
        "openstax_quotient",
        "G. Strang, E. Herman et al., OpenStax Calculus Volume 1, section 3.3, quotient rule",
        "k = 5x^2/(4x + 3)",
        r"k(x) = \dfrac{5x^2}{4x + 3}.",
        openstax_quotient,
        {"x": 0.9},
    ),
    Case(
        "openstax_reciprocal",
        "G. Strang, E. Herman et al., OpenStax Calculus Volume 1, section 3.6, chain rule",
        "h = 1/(3x^2 + 1)^2",
        r"$h(x) = \frac{1}{(3x^2 + 1)^2}$",
        openstax_reciprocal,
        {"x": 0.6},
    ),
    Case(
        "openstax_sine_cubed",
        "G. Strang, E. Herman et al., OpenStax Calculus Volume 1, section 3.6, chain rule",
        "h = sin^3 x",
        r"h(x) = \sin^3 x",
        openstax_sine_cubed,
        {"x": 0.8},
    ),
    Case(
        "openstax_three_functions",
        "G. Strang, E. Herman et al., OpenStax Calculus Volume 1, section 3.6, composite of three functions",
        "k = cos^4(7x^2 + 1)",
        r"\[ k(x) = \cos^{4}\!\left( 7x^2 + 1 \right) \]",
        openstax_three_functions,
        {"x": 0.5},
    ),
    Case(
        "openstax_chain_product",
        "G. Strang, E. Herman et al., OpenStax Calculus Volume 1, section 3.6, chain and product rules",
        "h = (2x + 1)^5 * (3x - 2)^7",
        "h(x) = (2x+1)^5 (3x-2)^7",
        openstax_chain_product,
        {"x": 1.1},
    ),
    Case(
        "openstax_arcsine",
        "G. Strang, E. Herman et al., OpenStax Calculus Volume 1, section 3.7, inverse sine",
        "h = arcsin(2x^3)",
        r"h(x) = \sin^{-1}\left(2x^3\right)",
        openstax_arcsine,
        {"x": 0.5},
    ),
    Case(
        "openstax_square_arcsine",
        "G. Strang, E. Herman et al., OpenStax Calculus Volume 1, section 3.7, inverse sine and product rule",
        "h = x^2 arcsin x",
        r"$$h(x) = x^2 \sin^{-1} x.$$",
        openstax_square_arcsine,
        {"x": 0.4},
    ),
    Case(
        "openstax_arctangent",
        "G. Strang, E. Herman et al., OpenStax Calculus Volume 1, section 3.7, inverse tangent",
        "f = atan(x^2)",
        r"f(x) = \tan^{-1}\left(x^2\right)",
        openstax_arctangent,
        {"x": 0.9},
    ),
    Case(
        "openstax_exponential",
        "G. Strang, E. Herman et al., OpenStax Calculus Volume 1, section 3.9, exponential and quotient rule",
        "y = e^(x^2)/x",
        r"y = \frac{e^{x^2}}{x}",
        openstax_exponential,
        {"x": 1.1},
    ),
    Case(
        "openstax_logarithm",
        "G. Strang, E. Herman et al., OpenStax Calculus Volume 1, section 3.9, properties of logarithms",
        "f = ln(x^2*sin(x)/(2x + 1))",
        r"\[ f(x) = \ln\left( \frac{x^2 \sin x}{2x + 1} \right) \]",
        openstax_logarithm,
        {"x": 1.4},
    ),
    Case(
        "openstax_general_exponential",
        "G. Strang, E. Herman et al., OpenStax Calculus Volume 1, section 3.9, general exponential",
        "h = 3^x/(3^x + 2)",
        r"h(x) = \frac{3^x}{3^x + 2}",
        openstax_general_exponential,
        {"x": 0.7},
    ),
    Case(
        "openstax_tangent_power",
        "G. Strang, E. Herman et al., OpenStax Calculus Volume 1, section 3.9, logarithmic differentiation",
        "y = (2x^4 + 1)^tan(x)",
        r"y = \left(2x^4 + 1\right)^{\tan x}",
        openstax_tangent_power,
        {"x": 0.8},
    ),
    Case(
        "openstax_log_quotient",
        "G. Strang, E. Herman et al., OpenStax Calculus Volume 1, section 3.9, logarithmic differentiation",
        "y = x*sqrt(2x + 1)/(e^x * sin(x)^3)",
        r"\[ y = \frac{x \sqrt{2x+1}}{e^x \sin^3 x} \]",
        openstax_log_quotient,
        {"x": 1.2},
    ),
    Case(
        "openstax_arsinh",
        "G. Strang, E. Herman et al., OpenStax Calculus Volume 1, section 6.9, inverse hyperbolic functions",
        "y = arsinh(x/3)",
        r"y = \sinh^{-1}\left( \frac{x}{3} \right)",
        openstax_arsinh,
        {"x": 1.7},
    ),
    Case(
        "openstax_artanh",
        "G. Strang, E. Herman et al., OpenStax Calculus Volume 1, section 6.9, inverse hyperbolic functions",
        "y = (artanh x)^2",
        r"y = \left( \tanh^{-1} x \right)^2",
        openstax_artanh,
        {"x": 0.35},
    ),
    Case(
        "active_exponential",
        "M. Boelkins et al., Active Calculus, section 2.5",
        "s = 2^sin(x)",
        r"s(x) = 2^{\sin(x)}",
        active_exponential,
        {"x": 0.6},
    ),
    Case(
        "active_cotangent",
        "M. Boelkins et al., Active Calculus, section 2.5",
        "z = cot^5 x",
        r"z(x) = \cot^5(x)",
        active_cotangent,
        {"x": 0.9},
    ),
    Case(
        "active_secant",
        "M. Boelkins et al., Active Calculus, section 2.5",
        "m = (sec(x) + e^x)^9",
        r"$m(x) = \bigl( \sec(x) + e^x \bigr)^9$",
        active_secant,
        {"x": 0.2},
    ),
    Case(
        "active_root",
        "M. Boelkins et al., Active Calculus, section 2.5",
        "p = 4 sqrt(r^6 + 2e^r)",
        r"p(r) = 4 \sqrt{r^6 + 2 e^r}",
        active_root,
        {"r": 0.9},
    ),
    Case(
        "active_sine_cosine",
        "M. Boelkins et al., Active Calculus, section 2.5",
        "m = sin(v^2) cos(v^3)",
        r"m(v) = \sin(v^2) \cos(v^3),",
        active_sine_cosine,
        {"v": 0.8},
    ),
    Case(
        "active_quotient",
        "M. Boelkins et al., Active Calculus, section 2.5",
        "h = cos(10y)/(e^(4y) + 1)",
        r"h(y) = \frac{\cos(10y)}{e^{4y} + 1}",
        active_quotient,
        {"y": 0.25},
    ),
    Case(
        "active_secant_power",
        "M. Boelkins et al., Active Calculus, section 2.5",
        "s = 2^(z^2*sec(z))",
        r"s(z) = 2^{z^2 \sec(z)}",
        active_secant_power,
        {"z": 0.7},
    ),
    Case(
        "active_nested",
        "M. Boelkins et al., Active Calculus, section 2.5",
        "c = sin(e^(x^2))",
        r"\[ c(x) = \sin\left(e^{x^2}\right). \]",
        active_nested,
        {"x": 0.6},
    ),
    Case(
        "active_arctangent",
        "M. Boelkins et al., Active Calculus, section 2.6",
        "f = x^3 arctan(x) + e^x ln(x)",
        r"f(x) = x^3 \arctan(x) + e^x \ln(x)",
        active_arctangent,
        {"x": 1.3},
    ),
    Case(
        "active_arcsine_power",
        "M. Boelkins et al., Active Calculus, section 2.6",
        "p = 2^(t*arcsin(t))",
        r"p(t) = 2^{t \arcsin(t)}",
        active_arcsine_power,
        {"t": 0.5},
    ),
    Case(
        "active_high_power",
        "M. Boelkins et al., Active Calculus, section 2.6",
        "h = (asin(5z) + atan(4 - z))^27",
        r"h(z) = \left( \arcsin(5z) + \arctan(4 - z) \right)^{27}",
        active_high_power,
        {"z": 0.05},
    ),
    Case(
        "active_log_log",
        "M. Boelkins et al., Active Calculus, section 2.6",
        "m = ln(ln(z))",
        r"m(z) = \ln(\ln(z))",
        active_log_log,
        {"z": 4.0},
    ),
    Case(
        "paul_cube_root",
        "P. Dawkins, Paul's Online Notes, Calculus I, Derivatives: Product and Quotient Rule",
        "y = cbrt(x^2)(2x - x^2)",
        r"\[ y = \sqrt[3]{x^2} \left( 2x - x^2 \right) \]",
        paul_cube_root,
        {"x": 1.4},
    ),
    Case(
        "paul_power",
        "P. Dawkins, Paul's Online Notes, Calculus I, Derivatives: Chain Rule",
        "f = (2t^3 + cos(t))^50",
        r"f\left( t \right) = \left( 2t^3 + \cos\left( t \right) \right)^{50}",
        paul_power,
        {"t": 0.3},
    ),
    Case(
        "paul_exponential",
        "P. Dawkins, Paul's Online Notes, Calculus I, Derivatives: Chain Rule",
        "h = exp(w^4 - 3w^2 + 9)",
        r"h\left(w\right) = e^{{w^4} - 3{w^2} + 9}",
        paul_exponential,
        {"w": 1.1},
    ),
    Case(
        "paul_cosines",
        "P. Dawkins, Paul's Online Notes, Calculus I, Derivatives: Chain Rule",
        "P = cos^4(t) + cos(t^4)",
        r"P(t) = \cos^4(t) + \cos(t^4)",
        paul_cosines,
        {"t": 0.9},
    ),
    Case(
        "paul_secant",
        "P. Dawkins, Paul's Online Notes, Calculus I, Derivatives: Chain Rule",
        "y = sec(1 - 5x)",
        r"y = \sec(1 - 5x)",
        paul_secant,
        {"x": 0.4},
    ),
    Case(
        "paul_log_quotient",
        "P. Dawkins, Paul's Online Notes, Calculus I, Derivatives: Logarithmic Differentiation",
        "y = x^5/((1 - 10x) sqrt(x^2 + 2))",
        r"y = \frac{x^5}{(1 - 10x) \sqrt{x^2 + 2}}",
        paul_log_quotient,
        {"x": 0.7},
    ),
    Case(
        "paul_cosine_power",
        "P. Dawkins, Paul's Online Notes, Calculus I, Derivatives: Logarithmic Differentiation",
        "y = (1 - 3x)^cos(x)",
        r"$$ y = (1 - 3x)^{\cos(x)} $$",
        paul_cosine_power,
        {"x": -0.5},
    ),
    Case(
        "paul_inverse_trig",
        "P. Dawkins, Paul's Online Notes, Calculus I, Derivatives: Derivatives of Inverse Trig Functions",
        "f = 4 arccos(t) - 10 arctan(t)",
        r"f(t) = 4\cos^{-1}(t) - 10\tan^{-1}(t)",
        paul_inverse_trig,
        {"t": 0.3},
    ),
    Case(
        "paul_hyperbolic",
        "P. Dawkins, Paul's Online Notes, Calculus I, Derivatives: Derivatives of Hyperbolic Functions",
        "h = sinh(t)/(t + 1)",
        r"h(t) = \frac{\sinh t}{t + 1}",
        paul_hyperbolic,
        {"t": 0.8},
    ),
    Case(
        "mit_chain",
        "D. Jerison, MIT OpenCourseWare 18.01 Single Variable Calculus, lecture 4, chain rule",
        "y = (sin t)^10",
        r"y = (\sin t)^{10}",
        mit_chain,
        {"t": 1.1},
    ),
    Case(
        "mit_power",
        "D. Jerison, MIT OpenCourseWare 18.01 Single Variable Calculus, lecture 6, logarithmic differentiation",
        "y = x^x",
        "y = x^x",
        mit_power,
        {"x": 1.6},
    ),
    Case(
        "logistic",
        "Wikipedia, Sigmoid function",
        "y = 1/(1 + e^-x)",
        r"y = \frac{1}{1+e^{-x}}",
        logistic,
        {"x": 0.7},
    ),
    Case(
        "tanh_quotient",
        "Wikipedia, Hyperbolic functions",
        "y = (e^x - e^(-x))/(e^x + e^(-x))",
        r"y = \frac{e^{x} - e^{-x}}{e^{x} + e^{-x}}",
        tanh_quotient,
        {"x": 0.6},
    ),
    Case(
        "lecun_tanh",
        "Y. LeCun, L. Bottou, G. Orr and K.-R. Müller, Efficient BackProp, 1998, section 4.4",
        "y = 1.7159*tanh(2/3*x)",
        r"y = 1.7159 \tanh\left( \tfrac{2}{3} x \right)",
        lecun_tanh,
        {"x": 0.9},
    ),
    Case(
        "softplus",
        "X. Glorot, A. Bordes and Y. Bengio, Deep Sparse Rectifier Neural Networks, AISTATS 2011",
        "y = log1p(exp(x))",
        r"\[ y = \ln\left(1 + e^{x}\right) \]",
        softplus,
        {"x": 0.4},
    ),
    Case(
        "swish",
        "P. Ramachandran, B. Zoph and Q. Le, Searching for Activation Functions, arXiv:1710.05941",
        "f = x*sigmoid(beta*x)",
        r"f(x) = x \cdot \sigma(\beta x)",
        swish,
        {"x": -0.8, "beta": 1.5},
    ),
    Case(
        "gelu_exact",
        "D. Hendrycks and K. Gimpel, Gaussian Error Linear Units, arXiv:1606.08415",
        "y = x/2*(1 + erf(x/sqrt(2)))",
        r"$$ y = \frac{x}{2} \left[ 1 + \operatorname{erf}\left( \frac{x}{\sqrt{2}} \right) \right] $$",
        gelu_exact,
        {"x": 0.9},
    ),
    Case(
        "gelu_tanh",
        "D. Hendrycks and K. Gimpel, Gaussian Error Linear Units, arXiv:1606.08415",
        "u = sqrt(2/pi)*(x + 0.044715x^3); y = 0.5x*(1 + tanh(u))",
        r"""
\begin{align*}
  u &= \sqrt{2/\pi}\,\left(x + 0.044715\,x^3\right), \\
  y &= 0.5\,x\,\bigl(1 + \tanh(u)\bigr).
\end{align*}
""",
        gelu_tanh,
        {"x": -0.7},
    ),
    Case(
        "geglu",
        "N. Shazeer, GLU Variants Improve Transformer, arXiv:2002.05202",
        "y = gelu(x*w)*(x*v)",
        r"y = \operatorname{GELU}(x w) \cdot (x v)",
        geglu,
        {"x": 0.8, "w": 1.2, "v": -0.6},
    ),
    Case(
        "swiglu",
        "N. Shazeer, GLU Variants Improve Transformer, arXiv:2002.05202",
        "y = silu(x*w)*(x*v)",
        r"y = \operatorname{SiLU}(x w) \cdot (x v)",
        swiglu,
        {"x": 0.9, "w": -1.1, "v": 0.5},
    ),
    Case(
        "mish",
        "D. Misra, Mish: A Self Regularized Non-Monotonic Activation Function, arXiv:1908.08681",
        "f = x*tanh(softplus(x))",
        r"f(x) = x \tanh\bigl( \operatorname{softplus}(x) \bigr)",
        mish,
        {"x": 0.7},
    ),
    Case(
        "softsign",
        "X. Glorot and Y. Bengio, Understanding the Difficulty of Training Deep Feedforward Networks, AISTATS 2010",
        "y = x/(1 + |x|)",
        r"y = \frac{x}{1 + \lvert x \rvert}",
        softsign,
        {"x": -1.3},
    ),
    Case(
        "scaled_arctan",
        "Wikipedia, Sigmoid function",
        "y = 2/pi*arctan(pi/2*x)",
        r"y = \frac{2}{\pi} \arctan\left( \frac{\pi}{2} x \right)",
        scaled_arctan,
        {"x": 0.55},
    ),
    Case(
        "gaussian_activation",
        "Wikipedia, Activation function",
        "phi = exp(-x^2)",
        r"\phi(x) = e^{-x^2}",
        gaussian_activation,
        {"x": 0.65},
    ),
    Case(
        "log_sigmoid",
        "PyTorch documentation, torch.nn.LogSigmoid",
        "y = -log(1 + exp(-x))",
        r"y = -\log\!\left(1 + \exp(-x)\right)",
        log_sigmoid,
        {"x": -0.5},
    ),
    Case(
        "selu_negative",
        "G. Klambauer et al., Self-Normalizing Neural Networks, NeurIPS 2017, the branch x < 0",
        "y = 1.0507*alpha*expm1(x)",
        r"y = 1.0507\,\alpha\,(e^{x} - 1)",
        selu_negative,
        {"x": -0.9, "alpha": 1.67326},
    ),
    Case(
        "squareplus",
        "J. T. Barron, Squareplus: A Softplus-Like Algebraic Rectifier, arXiv:2112.11687",
        "y = 1/2*(x + sqrt(x^2 + b))",
        r"y = \frac12 \left( x + \sqrt{x^2 + b} \right)",
        squareplus,
        {"x": -0.4, "b": 4.0},
    ),
    Case(
        "squared_error",
        "C. M. Bishop, Pattern Recognition and Machine Learning, Springer 2006, section 5.2",
        "ℒ = 1/2*(y_hat - y)^2",
        r"\[ \mathcal{L} = \frac{1}{2} \left( \hat{y} - y \right)^2 \]",
        squared_error,
        {"y_hat": 1.4, "y": 0.6},
    ),
    Case(
        "binary_cross_entropy",
        "C. M. Bishop, Pattern Recognition and Machine Learning, Springer 2006, section 4.3.2",
        "y_hat = sigmoid(z); ℒ = -(y*log(y_hat) + (1 - y)*log(1 - y_hat))",
        r"""
\begin{align*}
  \hat{y} &= \sigma(z), \\
  \mathcal{L} &= -\bigl( y \log \hat{y} + (1 - y) \log(1 - \hat{y}) \bigr).
\end{align*}
""",
        binary_cross_entropy,
        {"z": 0.8, "y": 0.3},
    ),
    Case(
        "logistic_loss",
        "Wikipedia, Loss functions for classification",
        "m = t*z; ℒ = ln(1 + e^(-m))",
        r"$m = t z$, $\mathcal{L} = \ln(1 + e^{-m})$",
        logistic_loss,
        {"t": -1.0, "z": 0.6},
    ),
    Case(
        "hinge",
        "Wikipedia, Hinge loss",
        "y = w*x + b; L = max(0, 1 - t*y)",
        r"""
\begin{align}
  y &= w x + b \\
  L &= \max\left(0,\, 1 - t\,y\right)
\end{align}
""",
        hinge,
        {"w": 0.7, "x": 0.9, "b": 0.2, "t": 1.0},
    ),
    Case(
        "pinball",
        "R. Koenker and G. Bassett, Regression Quantiles, Econometrica 46 (1978)",
        "u = y - q; rho = max(tau*u, (tau - 1)*u)",
        r"u = y - q, \qquad \rho = \max\{ \tau u,\; (\tau - 1) u \}",
        pinball,
        {"y": 1.0, "q": 1.7, "tau": 0.3},
    ),
    Case(
        "log_cosh",
        "Keras documentation, Regression losses, LogCosh",
        "L = ln(cosh(y_hat - y))",
        r"L = \ln\bigl( \cosh( \hat{y} - y ) \bigr)",
        log_cosh,
        {"y_hat": 1.9, "y": 0.8},
    ),
    Case(
        "pseudo_huber",
        "Wikipedia, Huber loss, the pseudo-Huber loss",
        "L_delta = delta^2*(sqrt(1 + (a/delta)^2) - 1)",
        r"\[ L_\delta(a) = \delta^2 \left( \sqrt{1 + (a/\delta)^2} - 1 \right). \]",
        pseudo_huber,
        {"a": 1.4, "delta": 0.8},
    ),
    Case(
        "kl_bernoulli",
        "T. M. Cover and J. A. Thomas, Elements of Information Theory, Wiley, section 2.3",
        "D = p*ln(p/q) + (1 - p)*ln((1 - p)/(1 - q))",
        r"D = p \ln \frac{p}{q} + (1 - p) \ln \frac{1 - p}{1 - q}",
        kl_bernoulli,
        {"p": 0.3, "q": 0.6},
    ),
    Case(
        "binary_entropy",
        "D. J. C. MacKay, Information Theory, Inference, and Learning Algorithms, CUP 2003, chapter 2",
        "H = -p*log2(p) - (1 - p)*log2(1 - p)",
        r"H(p) = -p \log_2 p - (1-p) \log_2 (1-p)",
        binary_entropy,
        {"p": 0.2},
    ),
    Case(
        "focal",
        "T.-Y. Lin et al., Focal Loss for Dense Object Detection, ICCV 2017, equation 5",
        "F = -alpha_t*(1 - p_t)^gamma*log(p_t)",
        r"F(p_t) = -\alpha_t (1 - p_t)^{\gamma} \log(p_t)",
        focal,
        {"alpha_t": 0.25, "p_t": 0.6, "gamma": 2.0},
    ),
    Case(
        "cauchy",
        "J. T. Barron, A General and Adaptive Robust Loss Function, CVPR 2019, the Cauchy or Lorentzian loss",
        "rho = log(1/2*(x/c)^2 + 1)",
        r"\rho = \log\left( \tfrac12 \left( x / c \right)^2 + 1 \right)",
        cauchy,
        {"x": 1.2, "c": 0.7},
    ),
    Case(
        "barron",
        "J. T. Barron, A General and Adaptive Robust Loss Function, CVPR 2019, equation 1",
        "b = |alpha - 2|; rho = b/alpha*(((x/c)^2/b + 1)^(alpha/2) - 1)",
        r"""
\begin{align*}
  b &= \left| \alpha - 2 \right| \\
  \rho &= \frac{b}{\alpha} \left( \left( \frac{(x/c)^2}{b} + 1 \right)^{\alpha/2} - 1 \right)
\end{align*}
""",
        barron,
        {"x": 1.1, "alpha": 0.8, "c": 0.9},
    ),
    Case(
        "poisson_nll",
        "PyTorch documentation, torch.nn.PoissonNLLLoss",
        "L = exp(x) - y*x",
        r"L = \exp(x) - y x",
        poisson_nll,
        {"x": 0.4, "y": 3.0},
    ),
    Case(
        "gaussian_nll",
        "PyTorch documentation, torch.nn.GaussianNLLLoss, the variance as v",
        "ℒ = 1/2*(log(v) + (mu - y)^2/v)",
        r"\[ \mathcal{L} = \frac12 \left( \log v + \frac{(\mu - y)^2}{v} \right) \]",
        gaussian_nll,
        {"mu": 0.5, "v": 0.8, "y": 1.3},
    ),
    Case(
        "vae_divergence",
        "D. P. Kingma and M. Welling, Auto-Encoding Variational Bayes, arXiv:1312.6114, appendix B",
        "D = -1/2*(1 + log(sigma^2) - mu^2 - sigma^2)",
        r"D = -\frac{1}{2} \left( 1 + \log \sigma^2 - \mu^2 - \sigma^2 \right)",
        vae_divergence,
        {"mu": 0.4, "sigma": 0.7},
    ),
    Case(
        "lstm",
        "S. Hochreiter and J. Schmidhuber, Neural Computation 9 (1997), in the form of Wikipedia, Long "
        "short-term memory",
        "f_1 = sigmoid(w_f*x_1 + u_f*h_0 + b_f); i_1 = sigmoid(w_i*x_1 + u_i*h_0 + b_i); "
        "o_1 = sigmoid(w_o*x_1 + u_o*h_0 + b_o); c_tilde_1 = tanh(w_c*x_1 + u_c*h_0 + b_c); "
        "c_1 = f_1*c_0 + i_1*c_tilde_1; h_1 = o_1*tanh(c_1)",
        r"""
\begin{align}
  f_1 &= \sigma(w_f x_1 + u_f h_0 + b_f) \\
  i_1 &= \sigma(w_i x_1 + u_i h_0 + b_i) \\
  o_1 &= \sigma(w_o x_1 + u_o h_0 + b_o) \\
  \tilde{c}_1 &= \tanh(w_c x_1 + u_c h_0 + b_c) \\
  c_1 &= f_1 \cdot c_0 + i_1 \cdot \tilde{c}_1 \\
  h_1 &= o_1 \cdot \tanh(c_1)
\end{align}
""",
        lstm,
        {
            "x_1": 0.5,
            "h_0": -0.3,
            "c_0": 0.8,
            "w_f": 0.4,
            "u_f": 0.7,
            "b_f": 1.0,
            "w_i": -0.6,
            "u_i": 0.2,
            "b_i": 0.1,
            "w_o": 0.9,
            "u_o": -0.5,
            "b_o": 0.3,
            "w_c": 1.1,
            "u_c": 0.6,
            "b_c": -0.2,
        },
    ),
    Case(
        "gru",
        "J. Chung et al., Empirical Evaluation of Gated Recurrent Neural Networks, arXiv:1412.3555, section 3.2",
        "z = sigmoid(w_z*x + u_z*h_0); r = sigmoid(w_r*x + u_r*h_0); h_tilde = tanh(w*x + u*(r*h_0)); "
        "h_1 = (1 - z)*h_0 + z*h_tilde",
        r"""
\[
  \begin{aligned}
    z &= \sigma(w_z x + u_z h_0), \\
    r &= \sigma(w_r x + u_r h_0), \\
    \tilde{h} &= \tanh\bigl( w x + u (r \cdot h_0) \bigr), \\
    h_1 &= (1 - z) \cdot h_0 + z \cdot \tilde{h}.
  \end{aligned}
\]
""",
        gru,
        {"x": 0.6, "h_0": 0.4, "w_z": 0.5, "u_z": -0.7, "w_r": 0.8, "u_r": 0.3, "w": -1.2, "u": 0.9},
    ),
    Case(
        "elman",
        "J. L. Elman, Finding Structure in Time, Cognitive Science 14 (1990), as in Wikipedia, Recurrent "
        "neural network",
        "h_t = tanh(w_h*x_t + u_h*h_0 + b_h); y_t = sigmoid(w_y*h_t + b_y)",
        r"""
\begin{array}{rcl}
  h_t &=& \tanh(w_h x_t + u_h h_0 + b_h) \\
  y_t &=& \sigma(w_y h_t + b_y)
\end{array}
""",
        elman,
        {"x_t": 0.7, "h_0": 0.2, "w_h": 0.9, "u_h": -0.4, "b_h": 0.1, "w_y": 1.3, "b_y": -0.5},
    ),
    Case(
        "two_steps",
        "I. Goodfellow, Y. Bengio and A. Courville, Deep Learning, MIT Press 2016, equations 10.8 to 10.10",
        "h^{(t-1)} = tanh(b + w*h_0 + u*x_1); h^{(t)} = tanh(b + w*h^{(t-1)} + u*x_2); o^{(t)} = c + v*h^{(t)}",
        r"""
\begin{align*}
  h^{(t-1)} &= \tanh\left( b + w h_0 + u x_1 \right), \\
  h^{(t)} &= \tanh\left( b + w h^{(t-1)} + u x_2 \right), \\
  o^{(t)} &= c + v h^{(t)}.
\end{align*}
""",
        two_steps,
        {"b": 0.1, "w": 0.8, "h_0": 0.3, "u": -0.6, "x_1": 0.9, "x_2": -0.4, "c": 0.2, "v": 1.5},
    ),
    Case(
        "batch_normalisation",
        "S. Ioffe and C. Szegedy, Batch Normalization, ICML 2015, algorithm 1",
        "x_hat = (x - mu)/sqrt(sigma^2 + epsilon); y = gamma*x_hat + beta",
        r"""
\[
  \begin{array}{rcl}
    \hat{x} &=& \dfrac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} \\[2mm]
    y &=& \gamma \hat{x} + \beta
  \end{array}
\]
""",
        batch_normalisation,
        {"x": 1.4, "mu": 0.6, "sigma": 0.9, "epsilon": 0.001, "gamma": 1.3, "beta": -0.2},
    ),
    Case(
        "two_layers",
        "I. Goodfellow, Y. Bengio and A. Courville, Deep Learning, MIT Press 2016, section 6.1",
        "𝐚 = relu(w_1*x + b_1); y_hat = w_2*𝐚 + b_2; ℒ = (y - y_hat)^2",
        r"""
\begin{align}
  \mathbf{a} &= \mathrm{ReLU}(w_1 x + b_1), \\
  \hat{y} &= w_2 \mathbf{a} + b_2, \\
  \mathcal{L} &= (y - \hat{y})^2.
\end{align}
""",
        two_layers,
        {"x": 0.8, "w_1": 1.1, "b_1": 0.2, "w_2": -0.7, "b_2": 0.4, "y": 0.5},
    ),
    Case(
        "sigmoid_chain",
        "M. Mazur, A Step by Step Backpropagation Example, https://mattmazur.com, 2015, with one neuron a layer",
        "net_1 = w_1*x + b_1; a_1 = sigmoid(net_1); net_2 = w_2*a_1 + b_2; a_2 = sigmoid(net_2); C = 1/2*(y - a_2)^2",
        r"""
\begin{align*}
  \mathrm{net}_1 &= w_1 x + b_1, & a_1 &= \sigma(\mathrm{net}_1), \\
  \mathrm{net}_2 &= w_2 a_1 + b_2, & a_2 &= \sigma(\mathrm{net}_2), \\
  C &= \tfrac{1}{2} (y - a_2)^2.
\end{align*}
""",
        sigmoid_chain,
        {"x": 0.4, "w_1": 1.2, "b_1": -0.3, "w_2": -0.8, "b_2": 0.6, "y": 1.0},
    ),
    Case(
        "softmax_two",
        "C. M. Bishop, Pattern Recognition and Machine Learning, Springer 2006, section 4.2",
        "p = e^a/(e^a + e^b)",
        r"p = \frac{e^a}{e^a + e^b}",
        softmax_two,
        {"a": 0.6, "b": -0.4},
    ),
    Case(
        "softmax_three",
        "I. Goodfellow, Y. Bengio and A. Courville, Deep Learning, MIT Press 2016, section 6.2.2.3",
        "s = exp(z_1) + exp(z_2) + exp(z_3); p = exp(z_1)/s; ℒ = -log(p)",
        r"""
\begin{gather}
  s = e^{z_1} + e^{z_2} + e^{z_3}, \quad p = \frac{e^{z_1}}{s}, \\
  \mathcal{L} = -\log p.
\end{gather}
""",
        softmax_three,
        {"z_1": 0.5, "z_2": -0.2, "z_3": 1.1},
    ),
    Case(
        "adam",
        "D. P. Kingma and J. Ba, Adam: A Method for Stochastic Optimization, ICLR 2015, algorithm 1",
        "m = beta_1*m_0 + (1 - beta_1)*g; v = beta_2*v_0 + (1 - beta_2)*g^2; m_hat = m/(1 - beta_1^t); "
        "v_hat = v/(1 - beta_2^t); theta' = theta - alpha*m_hat/(sqrt(v_hat) + epsilon)",
        r"""
\begin{align*}
  m &= \beta_1 \cdot m_0 + (1 - \beta_1) \cdot g \\
  v &= \beta_2 \cdot v_0 + (1 - \beta_2) \cdot g^2 \\
  \hat{m} &= m / (1 - \beta_1^t) \\
  \hat{v} &= v / (1 - \beta_2^t) \\
  \theta' &= \theta - \alpha \cdot \hat{m} / (\sqrt{\hat{v}} + \epsilon)
\end{align*}
""",
        adam,
        {
            "theta": 0.5,
            "g": 0.8,
            "m_0": 0.2,
            "v_0": 0.3,
            "alpha": 0.1,
            "beta_1": 0.9,
            "beta_2": 0.95,
            "epsilon": 0.01,
            "t": 3.0,
        },
    ),
    Case(
        "poincare_distance",
        "M. Nickel and D. Kiela, Poincaré Embeddings for Learning Hierarchical Representations, NeurIPS 2017, "
        "equation 1",
        "d = arcosh(1 + 2*(u - v)^2/((1 - u^2)(1 - v^2)))",
        r"d = \operatorname{arcosh}\left( 1 + 2 \frac{(u - v)^2}{(1 - u^2)(1 - v^2)} \right)",
        poincare_distance,
        {"u": 0.5, "v": -0.3},
    ),
    Case(
        "rosenbrock",
        "H. H. Rosenbrock, The Computer Journal 3 (1960); Wikipedia, Test functions for optimization",
        "f = (1 - x)^2 + 100(y - x^2)^2",
        "f(x, y) = (1-x)^2 + 100 (y-x^2)^2",
        rosenbrock,
        {"x": -1.2, "y": 1.0},
    ),
    Case(
        "himmelblau",
        "Wikipedia, Test functions for optimization",
        "f = (x^2 + y - 11)^2 + (x + y^2 - 7)^2",
        r"f(x,y) = \left(x^{2} + y - 11\right)^{2} + \left(x + y^{2} - 7\right)^{2}.\quad",
        himmelblau,
        {"x": 1.5, "y": -2.0},
    ),
    Case(
        "goldstein_price",
        "Wikipedia, Test functions for optimization",
        "u = 1 + (x + y + 1)^2*(19 - 14x + 3x^2 - 14y + 6x*y + 3y^2); "
        "v = 30 + (2x - 3y)^2*(18 - 32x + 12x^2 + 48y - 36x*y + 27y^2); f = u*v",
        r"""
\begin{align}
  u &= 1 + (x + y + 1)^2 \left( 19 - 14x + 3x^2 - 14y + 6xy + 3y^2 \right), \nonumber \\
  v &= 30 + (2x - 3y)^2 \left( 18 - 32x + 12x^2 + 48y - 36xy + 27y^2 \right), \nonumber \\
  f &= u v.
\end{align}
""",
        goldstein_price,
        {"x": 0.4, "y": -0.6},
    ),
    Case(
        "beale",
        "Wikipedia, Test functions for optimization",
        "f = (1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2",
        r"""
\begin{equation}
  \begin{split}
    f(x, y) &= (1.5 - x + xy)^2 + (2.25 - x + xy^2)^2 \\
            &\quad + (2.625 - x + xy^3)^2
  \end{split}
\end{equation}
""",
        beale,
        {"x": 1.2, "y": 0.7},
    ),
    Case(
        "booth",
        "Wikipedia, Test functions for optimization",
        "f = (x + 2y - 7)^2 + (2x + y - 5)^2",
        "$f(x,y) = (x + 2y - 7)^2 + (2x + y - 5)^2$",
        booth,
        {"x": 0.5, "y": -1.5},
    ),
    Case(
        "matyas",
        "Wikipedia, Test functions for optimization",
        "f = 0.26(x^2 + y^2) - 0.48x*y",
        r"f(x,y) = 0.26 \left( x^2 + y^2 \right) - 0.48\,x\,y",
        matyas,
        {"x": 2.0, "y": -1.0},
    ),
    Case(
        "three_hump_camel",
        "Wikipedia, Test functions for optimization",
        "f = 2x^2 - 1.05x^4 + x^6/6 + x*y + y^2",
        r"f(x,y) = 2x^2 - 1.05x^4 + \frac{x^6}{6} + xy + y^2",
        three_hump_camel,
        {"x": 1.3, "y": -0.8},
    ),
    Case(
        "six_hump_camel",
        "S. Surjanovic and D. Bingham, Virtual Library of Simulation Experiments, "
        "https://www.sfu.ca/~ssurjano/camel6.html",
        "f = (4 - 2.1x_1^2 + x_1^4/3)*x_1^2 + x_1*x_2 + (-4 + 4x_2^2)*x_2^2",
        r"""
\begin{equation*}
  f = \left( 4 - 2.1 x_1^2 + \frac{x_1^4}{3} \right) x_1^2 + x_1 x_2 + \left( -4 + 4 x_2^2 \right) x_2^2
\end{equation*}
""",
        six_hump_camel,
        {"x_1": 0.7, "x_2": -0.5},
    ),
    Case(
        "mccormick",
        "Wikipedia, Test functions for optimization",
        "f = sin(x + y) + (x - y)^2 - 1.5x + 2.5y + 1",
        r"f(x,y) = \sin\left(x+y\right) + \left(x-y\right)^{2} - 1.5x + 2.5y + 1",
        mccormick,
        {"x": 0.3, "y": -0.9},
    ),
    Case(
        "easom",
        "Wikipedia, Test functions for optimization",
        "f = -cos x cos y exp(-((x - pi)^2 + (y - pi)^2))",
        r"f(x, y) = -\cos x \cos y \exp\left( -\left( (x-\pi)^2 + (y-\pi)^2 \right) \right)",
        easom,
        {"x": 2.8, "y": 3.6},
    ),
    Case(
        "ackley",
        "Wikipedia, Test functions for optimization",
        "f = -20exp(-0.2sqrt(0.5(x^2 + y^2))) - exp(0.5(cos(2pi*x) + cos(2pi*y))) + e + 20",
        r"""
\begin{align*}
  f(x, y) = {} & -20 \exp\left[ -0.2 \sqrt{0.5 \left( x^2 + y^2 \right)} \right] \\
  & - \exp\left[ 0.5 \left( \cos 2\pi x + \cos 2\pi y \right) \right] + e + 20
\end{align*}
""",
        ackley,
        {"x": 0.6, "y": -1.3},
    ),
    Case(
        "levi_13",
        "Wikipedia, Test functions for optimization",
        "f = sin^2(3pi*x) + (x - 1)^2*(1 + sin^2(3pi*y)) + (y - 1)^2*(1 + sin^2(2pi*y))",
        r"f(x,y) = \sin^{2} 3\pi x + (x-1)^{2} (1+\sin^{2} 3\pi y) + (y-1)^{2} (1+\sin^{2} 2\pi y)",
        levi_13,
        {"x": 0.4, "y": 1.7},
    ),
    Case(
        "schaffer_2",
        "Wikipedia, Test functions for optimization",
        "f = 0.5 + (sin(x^2 - y^2)^2 - 0.5)/(1 + 0.001(x^2 + y^2))^2",
        r"f(x,y) = 0.5 + \frac{\sin^{2}(x^{2}-y^{2}) - 0.5}{\left[1 + 0.001\left(x^{2}+y^{2}\right)\right]^{2}}",
        schaffer_2,
        {"x": 1.4, "y": 0.6},
    ),
    Case(
        "eggholder",
        "Wikipedia, Test functions for optimization",
        "a = y + 47; f = -a*sin(sqrt(|x/2 + a|)) - x*sin(sqrt(|x - a|))",
        r"""
\begin{align*}
  a &= y + 47, \\
  f &= -a \sin \sqrt{\left\lvert \frac{x}{2} + a \right\rvert} - x \sin \sqrt{\lvert x - a \rvert}.
\end{align*}
""",
        eggholder,
        {"x": 20.0, "y": -12.0},
    ),
    Case(
        "branin",
        "S. Surjanovic and D. Bingham, Virtual Library of Simulation Experiments, "
        "https://www.sfu.ca/~ssurjano/branin.html",
        "b = 5.1/(4pi^2); c = 5/pi; t = 1/(8pi); f = (x_2 - b*x_1^2 + c*x_1 - 6)^2 + 10(1 - t)*cos(x_1) + 10",
        r"""
\begin{gather*}
  b = \frac{5.1}{4\pi^2}, \quad c = \frac{5}{\pi}, \quad t = \frac{1}{8\pi}, \\
  f = \left( x_2 - b x_1^2 + c x_1 - 6 \right)^2 + 10 (1 - t) \cos(x_1) + 10.
\end{gather*}
""",
        branin,
        {"x_1": 1.8, "x_2": 3.5},
    ),
    Case(
        "styblinski_tang",
        "Wikipedia, Test functions for optimization",
        "f = ((x^4 - 16x^2 + 5x) + (y^4 - 16y^2 + 5y))/2",
        r"f(x,y) = \frac{(x^4 - 16x^2 + 5x) + (y^4 - 16y^2 + 5y)}{2}",
        styblinski_tang,
        {"x": -1.5, "y": 2.2},
    ),
    Case(
        "rastrigin",
        "Wikipedia, Test functions for optimization",
        "f = 20 + (x^2 - 10cos(2pi*x)) + (y^2 - 10cos(2pi*y))",
        r"$$f(x,y) = 20 + \bigl( x^2 - 10 \cos(2\pi x) \bigr) + \bigl( y^2 - 10 \cos(2\pi y) \bigr)$$",
        rastrigin,
        {"x": 0.3, "y": -1.2},
    ),
    Case(
        "griewank",
        "Wikipedia, Griewank function, in two dimensions",
        "f = 1 + x^2/4000 + y^2/4000 - cos(x)*cos(y/sqrt(2))",
        r"\[ f(x,y) = 1 + \frac{x^2}{4000} + \frac{y^2}{4000} - \cos x \cdot \cos \frac{y}{\sqrt{2}}. \]",
        griewank,
        {"x": 1.9, "y": -0.8},
    ),
    Case(
        "bohachevsky",
        "S. Surjanovic and D. Bingham, Virtual Library of Simulation Experiments, "
        "https://www.sfu.ca/~ssurjano/boha.html",
        "f = x_1^2 + 2x_2^2 - 0.3cos(3pi*x_1) - 0.4cos(4pi*x_2) + 0.7",
        r"f = x_1^2 + 2 x_2^2 - 0.3 \cos(3 \pi x_1) - 0.4 \cos(4 \pi x_2) + 0.7",
        bohachevsky,
        {"x_1": 0.4, "x_2": -0.3},
    ),
    Case(
        "zakharov",
        "S. Surjanovic and D. Bingham, Virtual Library of Simulation Experiments, "
        "https://www.sfu.ca/~ssurjano/zakharov.html",
        "s = 0.5x_1 + x_2; f = x_1^2 + x_2^2 + s^2 + s^4",
        r"""
\begin{aligned}
  s &= 0.5 x_1 + x_2, \\
  f &= x_1^2 + x_2^2 + s^2 + s^4
\end{aligned}
""",
        zakharov,
        {"x_1": 1.1, "x_2": -0.4},
    ),
    Case(
        "michalewicz",
        "S. Surjanovic and D. Bingham, Virtual Library of Simulation Experiments, "
        "https://www.sfu.ca/~ssurjano/michal.html",
        "f = -sin(x_1)*sin(x_1^2/pi)^20 - sin(x_2)*sin(2x_2^2/pi)^20",
        r"""
\[
  f = -\sin(x_1) \sin^{20}\left( \frac{x_1^2}{\pi} \right) - \sin(x_2) \sin^{20}\left( \frac{2 x_2^2}{\pi} \right)
\]
""",
        michalewicz,
        {"x_1": 2.0, "x_2": 1.4},
    ),
    Case(
        "drop_wave",
        "S. Surjanovic and D. Bingham, Virtual Library of Simulation Experiments, "
        "https://www.sfu.ca/~ssurjano/drop.html",
        "r = hypot(x_1, x_2); f = -(1 + cos(12r))/(0.5r^2 + 2)",
        r"r = \sqrt{x_1^2 + x_2^2}, \qquad f = -\frac{1 + \cos 12r}{0.5 r^2 + 2}",
        drop_wave,
        {"x_1": 0.5, "x_2": -0.8},
    ),
    Case(
        "powell_singular",
        "J. J. Moré, B. S. Garbow and K. E. Hillstrom, Testing Unconstrained Optimization Software, ACM TOMS "
        "7 (1981), problem 13",
        "f = (x_1 + 10x_2)^2 + 5(x_3 - x_4)^2 + (x_2 - 2x_3)^4 + 10(x_1 - x_4)^4",
        r"""
\begin{equation}
  f = (x_1 + 10 x_2)^2 + 5 (x_3 - x_4)^2 + (x_2 - 2 x_3)^4 + 10 (x_1 - x_4)^4 \label{eq:powell}
\end{equation}
""",
        powell_singular,
        {"x_1": 3.0, "x_2": -1.0, "x_3": 0.5, "x_4": 1.0},
    ),
    Case(
        "freudenstein_roth",
        "J. J. Moré, B. S. Garbow and K. E. Hillstrom, Testing Unconstrained Optimization Software, ACM TOMS "
        "7 (1981), problem 2",
        "f_1 = -13 + x_1 + ((5 - x_2)*x_2 - 2)*x_2; f_2 = -29 + x_1 + ((x_2 + 1)*x_2 - 14)*x_2; f = f_1^2 + f_2^2",
        r"""
\begin{align*}
  f_1 &= -13 + x_1 + ((5 - x_2) x_2 - 2) x_2, \\
  f_2 &= -29 + x_1 + ((x_2 + 1) x_2 - 14) x_2, \\
  f &= f_1^2 + f_2^2.
\end{align*}
""",
        freudenstein_roth,
        {"x_1": 0.5, "x_2": -2.0},
    ),
    Case(
        "helical_valley",
        "J. J. Moré, B. S. Garbow and K. E. Hillstrom, Testing Unconstrained Optimization Software, ACM TOMS "
        "7 (1981), problem 7, the branch x_1 > 0",
        "theta = arctan(x_2/x_1)/(2pi); f = 100((x_3 - 10theta)^2 + (sqrt(x_1^2 + x_2^2) - 1)^2) + x_3^2",
        r"""
\begin{align*}
  \theta &= \frac{1}{2\pi} \arctan\left( \frac{x_2}{x_1} \right), \\
  f &= 100 \left[ (x_3 - 10\theta)^2 + \left( \sqrt{x_1^2 + x_2^2} - 1 \right)^2 \right] + x_3^2.
\end{align*}
""",
        helical_valley,
        {"x_1": 1.2, "x_2": 0.7, "x_3": 0.4},
    ),
    Case(
        "black_scholes_d1",
        "Wikipedia, Black–Scholes model",
        "d_1 = (ln(S/K) + (r + sigma^2/2)*T)/(sigma*sqrt(T))",
        r"d_1 = \frac{\ln(S/K) + \left(r + \sigma^2/2\right) T}{\sigma \sqrt{T}}",
        black_scholes_d1,
        {"S": 1.05, "K": 1.0, "r": 0.03, "sigma": 0.2, "T": 0.75},
    ),
    Case(
        "black_scholes_call",
        "Wikipedia, Black–Scholes model",
        "d_1 = (ln(S/K) + (r + sigma^2/2)*T)/(sigma*sqrt(T)); d_2 = d_1 - sigma*sqrt(T); "
        "N_1 = 1/2*(1 + erf(d_1/sqrt(2))); N_2 = 1/2*(1 + erf(d_2/sqrt(2))); C = S*N_1 - K*e^(-r*T)*N_2",
        r"""
\begin{align*}
  d_1 &= \frac{1}{\sigma \sqrt{T}} \left[ \ln \frac{S}{K} + \left( r + \frac{\sigma^2}{2} \right) T \right], \\
  d_2 &= d_1 - \sigma \sqrt{T}, \\
  N_1 &= \tfrac12 \left[ 1 + \operatorname{erf}\left( d_1 / \sqrt{2} \right) \right], \\
  N_2 &= \tfrac12 \left[ 1 + \operatorname{erf}\left( d_2 / \sqrt{2} \right) \right], \\
  C &= S N_1 - K e^{-rT} N_2.
\end{align*}
""",
        black_scholes_call,
        {"S": 1.05, "K": 1.0, "r": 0.03, "sigma": 0.2, "T": 0.75},
    ),
    Case(
        "lennard_jones",
        "Wikipedia, Lennard-Jones potential",
        "V = 4epsilon*((sigma/r)^12 - (sigma/r)^6)",
        r"\[ V(r) = 4\epsilon \left[ \left(\frac{\sigma}{r}\right)^{12} - \left(\frac{\sigma}{r}\right)^{6} \right] \]",
        lennard_jones,
        {"r": 1.3, "epsilon": 0.8, "sigma": 1.1},
    ),
    Case(
        "planck",
        "Wikipedia, Planck's law",
        "B = 2h*nu^3/c^2 * 1/(exp(h*nu/(k*T)) - 1)",
        r"B(\nu, T) = \frac{2 h \nu^3}{c^2} \, \frac{1}{e^{\frac{h\nu}{kT}} - 1}",
        planck,
        {"nu": 1.4, "T": 0.9, "h": 1.1, "c": 1.5, "k": 0.8},
    ),
    Case(
        "logistic_growth",
        "G. Strang, E. Herman et al., OpenStax Calculus Volume 2, section 4.4",
        "P = P_0*K*e^(r*t)/((K - P_0) + P_0*e^(r*t))",
        r"P(t) = \frac{P_0 K e^{rt}}{(K - P_0) + P_0 e^{rt}}",
        logistic_growth,
        {"t": 1.5, "P_0": 0.9, "K": 4.0, "r": 0.6},
    ),
    Case(
        "michaelis_menten",
        "Wikipedia, Michaelis–Menten kinetics",
        "v = V_max*S/(K_m + S)",
        r"v = \frac{V_{\mathrm{max}} S}{K_m + S}",
        michaelis_menten,
        {"V_max": 2.5, "S": 1.2, "K_m": 0.7},
    ),
    Case(
        "hill",
        "Wikipedia, Hill equation (biochemistry)",
        "theta = 1/(1 + (K_A/L)^n)",
        r"\[ \theta = \frac{1}{1 + \left( \frac{K_A}{L} \right)^{n}} \]",
        hill,
        {"L": 1.4, "K_A": 0.9, "n": 2.3},
    ),
    Case(
        "gaussian_density",
        "Wikipedia, Normal distribution",
        "f = 1/(sigma*sqrt(2pi))*e^(-1/2*((x - mu)/sigma)^2)",
        r"f(x) = \frac{1}{\sigma \sqrt{2\pi}} \, e^{-\frac{1}{2} \left( \frac{x-\mu}{\sigma} \right)^2}",
        gaussian_density,
        {"x": 1.1, "mu": 0.4, "sigma": 0.8},
    ),
    Case(
        "z_score",
        "B. Illowsky and S. Dean, OpenStax Introductory Statistics, chapter 7, the z-score of a sample mean",
        "z = (x_bar - mu)/(sigma/sqrt(n))",
        r"z = \frac{\bar{x} - \mu}{\sigma / \sqrt{n}}",
        z_score,
        {"x_bar": 5.3, "mu": 5.0, "sigma": 1.2, "n": 16.0},
    ),
    Case(
        "van_der_waals",
        "Wikipedia, Van der Waals equation",
        "p = n*R*T/(V - n*b) - a*n^2/V^2",
        r"p = \frac{nRT}{V - nb} - \frac{a n^2}{V^2}",
        van_der_waals,
        {"n": 1.2, "R": 0.8, "T": 3.0, "V": 2.5, "a": 0.9, "b": 0.3},
    ),
    Case(
        "morse",
        "Wikipedia, Morse potential",
        "V = D_e*(1 - e^(-a*(r - r_e)))^2",
        r"V(r) = D_e \left( 1 - e^{-a (r - r_e)} \right)^2",
        morse,
        {"r": 1.6, "D_e": 2.2, "a": 1.1, "r_e": 1.2},
    ),
    Case(
        "haversine",
        "Wikipedia, Haversine formula",
        "a = sin((phi_2 - phi_1)/2)^2 + cos(phi_1)*cos(phi_2)*sin((lambda_2 - lambda_1)/2)^2; d = 2r*arcsin(sqrt(a))",
        r"""
\begin{align*}
  a &= \sin^2\left( \frac{\phi_2 - \phi_1}{2} \right)
       + \cos \phi_1 \cos \phi_2 \sin^2\left( \frac{\lambda_2 - \lambda_1}{2} \right), \\
  d &= 2 r \arcsin \sqrt{a}.
\end{align*}
""",
        haversine,
        {"phi_1": 0.8, "phi_2": 0.6, "lambda_1": 0.1, "lambda_2": 0.9, "r": 1.5},
    ),
    Case(
        "bearing",
        "C. Veness, Calculate distance, bearing and more between points, "
        "https://www.movable-type.co.uk/scripts/latlong.html",
        "Δ = lambda_2 - lambda_1; θ = atan2(sin(Δ)*cos(phi_2), cos(phi_1)*sin(phi_2) - sin(phi_1)*cos(phi_2)*cos(Δ))",
        r"""
\begin{align*}
  \Delta &= \lambda_2 - \lambda_1 \\
  \theta &= \operatorname{atan2}\left( \sin \Delta \cos \phi_2,\;
            \cos \phi_1 \sin \phi_2 - \sin \phi_1 \cos \phi_2 \cos \Delta \right)
\end{align*}
""",
        bearing,
        {"lambda_1": 0.2, "lambda_2": 0.7, "phi_1": 0.3, "phi_2": 0.9},
    ),
    Case(
        "arrhenius",
        "Wikipedia, Arrhenius equation",
        "k = A*e^(-E_a/(R*T))",
        r"k = A e^{-\frac{E_a}{R T}}",
        arrhenius,
        {"A": 3.0, "E_a": 1.8, "R": 0.9, "T": 1.4},
    ),
    Case(
        "thin_lens",
        "OpenStax University Physics Volume 3, section 2.4, the thin-lens equation",
        "f = (1/d_o + 1/d_i)^(-1)",
        r"f = \left( \frac{1}{d_o} + \frac{1}{d_i} \right)^{-1}",
        thin_lens,
        {"d_o": 1.8, "d_i": 0.7},
    ),
    Case(
        "lens_maker",
        "OpenStax University Physics Volume 3, section 2.4, the lens maker's equation",
        "f = 1/((n - 1)*(1/R_1 - 1/R_2))",
        r"f = \frac{1}{(n - 1) \left( \dfrac{1}{R_1} - \dfrac{1}{R_2} \right)}",
        lens_maker,
        {"n": 1.5, "R_1": 0.8, "R_2": -1.3},
    ),
    Case(
        "lorentz_factor",
        "Wikipedia, Lorentz factor",
        "gamma = 1/sqrt(1 - v^2/c^2)",
        r"\gamma = \frac{1}{\sqrt{1 - v^2/c^2}}",
        lorentz_factor,
        {"v": 0.7, "c": 1.2},
    ),
    Case(
        "lorentz_transformation",
        "Wikipedia, Lorentz transformation",
        "beta = v/c; gamma = 1/sqrt(1 - beta^2); x' = gamma*(x - v*t)",
        r"""
\begin{gather}
  \beta = \frac{v}{c}, \qquad \gamma = \frac{1}{\sqrt{1 - \beta^2}}, \\
  x' = \gamma \left( x - v t \right).
\end{gather}
""",
        lorentz_transformation,
        {"x": 1.4, "t": 0.6, "v": 0.5, "c": 1.1},
    ),
    Case(
        "kepler",
        "Wikipedia, Kepler's equation, the eccentricity as epsilon",
        "M = E - epsilon*sin(E)",
        r"M = E - \epsilon \sin E",
        kepler,
        {"E": 1.3, "epsilon": 0.4},
    ),
    Case(
        "rocket",
        "Wikipedia, Tsiolkovsky rocket equation",
        "v = v_e*ln(m_0/m_f)",
        r"v = v_e \ln \frac{m_0}{m_f}",
        rocket,
        {"v_e": 2.4, "m_0": 5.0, "m_f": 1.6},
    ),
    Case(
        "refraction",
        "OpenStax University Physics Volume 3, section 1.3, the law of refraction",
        "theta_2 = arcsin(n_1/n_2*sin(theta_1))",
        r"\theta_2 = \arcsin\left( \frac{n_1}{n_2} \sin \theta_1 \right)",
        refraction,
        {"n_1": 1.0, "n_2": 1.33, "theta_1": 0.7},
    ),
    Case(
        "projectile_range",
        "OpenStax University Physics Volume 1, section 4.3, the range of a projectile",
        "R = v_0^2*sin(2theta_0)/g",
        r"R = \frac{v_0^2 \sin 2\theta_0}{g}",
        projectile_range,
        {"v_0": 4.0, "theta_0": 0.6, "g": 9.81},
    ),
    Case(
        "damped_oscillation",
        "OpenStax University Physics Volume 1, section 15.5, damped oscillations",
        "x = A_0*e^(-b/(2m)*t)*cos(omega*t + phi)",
        r"x(t) = A_0 e^{-\frac{b}{2m} t} \cos(\omega t + \phi)",
        damped_oscillation,
        {"t": 0.8, "A_0": 1.5, "b": 0.4, "m": 0.9, "omega": 2.2, "phi": 0.3},
    ),
    Case(
        "nernst",
        "Wikipedia, Nernst equation",
        "E = E_0 - R*T/(z*F)*ln(Q)",
        r"E = E_0 - \frac{RT}{zF} \ln Q",
        nernst,
        {"E_0": 1.1, "R": 0.8, "T": 2.9, "z": 2.0, "F": 9.6, "Q": 0.4},
    ),
    Case(
        "henderson_hasselbalch",
        "Wikipedia, Henderson–Hasselbalch equation",
        "pH = pK + log10(A/H)",
        r"\mathrm{pH} = \text{pK} + \log_{10} \left( \frac{A}{H} \right)",
        henderson_hasselbalch,
        {"pK": 4.76, "A": 0.3, "H": 0.12},
    ),
    Case(
        "yukawa",
        "Wikipedia, Yukawa potential",
        "V = -g^2*e^(-mu*r)/r",
        r"V = -g^2 \frac{e^{-\mu r}}{r}",
        yukawa,
        {"g": 1.3, "mu": 0.7, "r": 1.1},
    ),
    Case(
        "cobb_douglas",
        "Wikipedia, Cobb–Douglas production function",
        "Y = A*L^beta*K^alpha",
        r"Y(L, K) = A L^{\beta} K^{\alpha}",
        cobb_douglas,
        {"A": 1.2, "L": 2.5, "beta": 0.7, "K": 3.1, "alpha": 0.3},
    ),
    Case(
        "leontief",
        "Wikipedia, Leontief production function",
        "Q = min(x_1/a, x_2/b)",
        r"Q = \min\left( \frac{x_1}{a}, \frac{x_2}{b} \right)",
        leontief,
        {"x_1": 3.0, "a": 2.0, "x_2": 1.8, "b": 0.9},
    ),
)
