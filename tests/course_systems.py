"""Systems as courses have them, by name: cells, losses, networks, attention, normalisation, recurrences, fans."""

from __future__ import annotations

from random import Random


def network(*sizes: int) -> str:
    """Layers of sigmoids, and a squared error."""
    before = [f"x_{i}" for i in range(1, sizes[0] + 1)]
    lines = []
    for layer, size in enumerate(sizes[1:], 1):
        for j in range(1, size + 1):
            terms = [f"w_{{{layer}{j}{i}}}*{name}" for i, name in enumerate(before, 1)]
            lines.append(f"z_{{{layer}{j}}} = {' + '.join(terms)} + b_{{{layer}{j}}}")
            lines.append(f"a_{{{layer}{j}}} = sigmoid(z_{{{layer}{j}}})")
        before = [f"a_{{{layer}{j}}}" for j in range(1, size + 1)]
    return "; ".join([*lines, "L = " + " + ".join(f"({name} - t_{i})^2" for i, name in enumerate(before, 1))])


def softmax(n: int) -> str:
    """With a cross entropy."""
    count = range(1, n + 1)
    lines = [f"e_{i} = exp(z_{i})" for i in count] + ["s = " + " + ".join(f"e_{i}" for i in count)]
    lines += [f"p_{i} = e_{i}/s" for i in count]
    return "; ".join([*lines, "L = -(" + " + ".join(f"t_{i}*log(p_{i})" for i in count) + ")"])


def recurrent(n: int) -> str:
    return "; ".join([*(f"h_{k} = tanh(w*x_{k} + u*h_{k - 1} + b)" for k in range(1, n + 1)), f"L = (h_{n} - t)^2"])


def diamonds(n: int) -> str:
    return "; ".join(f"a_{k} = sin(y_{k}); b_{k} = cos(y_{k}); y_{k + 1} = a_{k}*b_{k}" for k in range(n))


VIEWS = ("forward", "forward-simplified", "backward", "backward-simplified")  # that have graphs

SYSTEMS: dict[str, str] = {
    "sine": "y = sin(a*x + b); z = y^2",
    "cubic": "y = 2x^3 + 3; z = y^2",
    "neuron": "a = w*x + b; y = sigmoid(a)",
    "neuron with a loss": "z = w_1*x_1 + w_2*x_2 + b; a = sigmoid(z); L = (a - y)^2",
    "squared error": "y = w*x + b; L = (y - t)^2/2",
    "cross entropy": "p = sigmoid(w*x + b); L = -(y*log(p) + (1 - y)*log(1 - p))",
    "hinge": "m = 1 - y*(w*x + b); L = max(0, m)",
    "huber": "e = y - t; L = delta^2*(sqrt(1 + (e/delta)^2) - 1)",
    "logistic": "p = 1/(1 + exp(-x))",
    "quotient": "q = (a - b)/(c - d)",
    "two products": "y = c*d + p*q",
    "three products": "y = a*b + c*d + e*f",
    "star": "p = a + b + c + d; L = p*t",
    "step of a descent": "L = a*b + c*d + learning_rate*w + x",
    "rosenbrock": "f = (1 - x)^2 + 100*(y - x^2)^2",
    "two paths": "e = (a + b)*(b + 1)",
    "product and sine": "f = x*y + sin(x)",
    "network 2-2-1": network(2, 2, 1),
    "network 3-2-1": network(3, 2, 1),
    "network 2-3-2": network(2, 3, 2),
    "network 3-3-2": network(3, 3, 2),
    "network 4-3-3-2": network(4, 3, 3, 2),
    "network of 25 equations": network(4, 4, 4, 4),
    "softmax of three": softmax(3),
    "softmax of four": softmax(4),
    "softmax of five": softmax(5),
    "softmax of six": softmax(6),
    "attention": "s_1 = q*k_1; s_2 = q*k_2; e_1 = exp(s_1); e_2 = exp(s_2); Z = e_1 + e_2; a_1 = e_1/Z; a_2 = e_2/Z; "
                 "o = a_1*v_1 + a_2*v_2",
    "batch norm of three": "m = (x_1 + x_2 + x_3)/3; v = ((x_1 - m)^2 + (x_2 - m)^2 + (x_3 - m)^2)/3; "
                           "s = sqrt(v + epsilon); n_1 = (x_1 - m)/s; n_2 = (x_2 - m)/s; n_3 = (x_3 - m)/s; "
                           "y_1 = g*n_1 + b; y_2 = g*n_2 + b; y_3 = g*n_3 + b",
    "residual block": "h = relu(w_1*x + b_1); f = w_2*h + b_2; y = relu(f + x); L = (y - t)^2",
    "two residual blocks": "h_1 = relu(w_1*x + b_1); y_1 = w_2*h_1 + x; h_2 = relu(w_3*y_1 + b_2); y_2 = w_4*h_2 + y_1",
    "gated unit": "r = sigmoid(w_r*x + u_r*h); z = sigmoid(w_z*x + u_z*h); n = tanh(w_n*x + r*u_n*h); "
                  "h_t = (1 - z)*n + z*h",
    "memory cell": "f = sigmoid(w_f*x + u_f*h + b_f); i = sigmoid(w_i*x + u_i*h + b_i); "
                   "o = sigmoid(w_o*x + u_o*h + b_o); g = tanh(w_c*x + u_c*h + b_c); c_t = f*c + i*g; "
                   "h_t = o*tanh(c_t)",
    "recurrence of 2": recurrent(2),
    "recurrence of 3": recurrent(3),
    "recurrence of 4": recurrent(4),
    "recurrence of 6": recurrent(6),
    "diamond": diamonds(1),
    "three diamonds": diamonds(3),
    "fan of 8": "; ".join(f"y_{k} = x*w_{k}" for k in range(1, 9)),
    "sum of 8": "y = " + " + ".join(f"x_{k}" for k in range(1, 9)),
    "product of 8": "y = " + "*".join(f"x_{k}" for k in range(1, 9)),
    "filter of one state": "k = p/(p + r); x_1 = x + k*(z - x); p_1 = (1 - k)*p",
    "price of an option": "d_1 = (log(S/K) + (r + sigma^2/2)*T)/(sigma*sqrt(T)); d_2 = d_1 - sigma*sqrt(T); "
                          "C = S*sigmoid(d_1) - K*exp(-r*T)*sigmoid(d_2)",
    "step of adam": "m = b*m_0 + (1 - b)*g; v = c*v_0 + (1 - c)*g^2; w = w_0 - eta*m/(sqrt(v) + epsilon)",
    "highway": "t = sigmoid(w*x + b); h = tanh(u*x + c); y = t*h + (1 - t)*x",
    "advantage": "d_1 = r_1 + g*v_2 - v_1; d_2 = r_2 + g*v_3 - v_2; A = d_1 + g*l*d_2",
    "pendulum": "w_1 = w_0 - g/l*sin(t_0)*h; t_1 = t_0 + w_1*h; E = l^2*w_1^2/2 + g*l*(1 - cos(t_1))",
    "chain of 15": "; ".join(f"x_{k} = tanh(x_{k - 1})" for k in range(1, 16)),
}  # fmt: skip


def random_system(seed: int) -> str:
    """A few equations, most of which read those before them."""
    random = Random(seed)
    names = [random.choice("abcwx"), random.choice("uvx")]
    lines = []
    for number in range(random.randint(2, 7)):
        terms = []
        for _ in range(random.choice((1, 2, 2, 3))):
            one, other = random.choice(names[-4:]), random.choice([*names, f"p_{number}", f"q_{number}"])
            terms.append(random.choice(["{0}*{1}", "sin({0})", "{0}", "exp({1})*{0}", "{0}^2", "({0} + {1})", "{1}"])
                         .format(one, other))  # fmt: skip
        lines.append(f"y_{number} = " + random.choice([" + ", " - ", "*"]).join(terms))
        names.append(f"y_{number}")
    return "; ".join(lines)
