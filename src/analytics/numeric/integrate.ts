import { gaussLegendre } from './gauss-legendre.ts';

const { nodes, weights } = gaussLegendre(16);

/** The integral of a function that is smooth from `from` to `to`: one panel of 16 Gauss-Legendre nodes. */
function panel(integrand: (at: number) => number, from: number, to: number): number {
  const width = to - from;
  let sum = 0;
  for (let i = 0; i < 16; i++) sum += (weights[i] ?? 0) * integrand(from + width * (nodes[i] ?? 0));
  return sum * width;
}

/**
 * The integral from 0 to `to` of a function of u that varies on the scale of `origin` + u (such as powers of it), by
 * panels that grow in proportion: each reaches `growth` times (`origin` + u) further. With `to` infinite the panels go
 * on until they no longer add anything.
 */
export function integrateGrowing(
  integrand: (u: number) => number,
  { to, origin, growth = 0.5 }: { readonly to: number; readonly origin: number; readonly growth?: number },
): number {
  let sum = 0;
  let silent = 0;
  for (let from = 0; from < to && silent < 3; ) {
    const end = Math.min(to, from + growth * (origin + from));
    if (!(end > from)) break;
    const part = panel(integrand, from, end);
    sum += part;
    silent = Math.abs(part) <= 1e-17 * Math.abs(sum) ? silent + 1 : 0;
    from = end;
  }
  return sum;
}
