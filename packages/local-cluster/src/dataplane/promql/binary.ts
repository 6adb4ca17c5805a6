import { Binary, Matching } from './expression';
import { badQuery, failedQuery } from './promqlError';
import {
  except,
  Labels,
  only,
  Sample,
  scalar,
  signature,
  Value,
  vector,
  withoutName,
} from './value';

const ARITHMETIC: Record<string, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '^': (a, b) => a ** b,
  atan2: (a, b) => Math.atan2(a, b),
};

const COMPARISON: Record<string, (a: number, b: number) => boolean> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
};

const SETS = new Set(['and', 'or', 'unless']);

/** A binary operator between two values, with Prometheus' rules of matching. */
export function binary(node: Binary, left: Value, right: Value): Value {
  if (SETS.has(node.operator)) return sets(node, left, right);
  for (const side of [left, right]) {
    if (side.type !== 'scalar' && side.type !== 'vector') {
      throw badQuery(
        'parse error: binary expression must contain only scalar and instant vector types',
      );
    }
  }
  if (left.type === 'scalar' && right.type === 'scalar') {
    return scalars(node, left.value, right.value);
  }
  if (left.type === 'vector' && right.type === 'vector') {
    return vectors(node, left.samples, right.samples);
  }
  if (left.type === 'vector' && right.type === 'scalar') {
    return combined(node, left.samples, sample => [sample.value, right.value]);
  }
  if (left.type === 'scalar' && right.type === 'vector') {
    return combined(node, right.samples, sample => [left.value, sample.value]);
  }
  throw badQuery('parse error: binary expression of unknown types');
}

function scalars({ operator, bool }: Binary, a: number, b: number): Value {
  const compare = COMPARISON[operator];
  if (!compare) return scalar(arithmetic(operator)(a, b));
  if (!bool) {
    throw badQuery(
      'parse error: comparisons between scalars must use BOOL modifier',
    );
  }
  return scalar(compare(a, b) ? 1 : 0);
}

function arithmetic(operator: string): (a: number, b: number) => number {
  const compute = ARITHMETIC[operator];
  if (!compute) throw badQuery(`not implemented here: operator ${operator}`);
  return compute;
}

/** Between a vector and a scalar. A comparison filters, unless it is `bool`. */
function combined(
  { operator, bool }: Binary,
  samples: Sample[],
  pair: (sample: Sample) => [number, number],
): Value {
  const compare = COMPARISON[operator];
  if (!compare) {
    const compute = arithmetic(operator);
    return vector(
      samples.map(sample => ({
        labels: withoutName(sample.labels),
        value: compute(...pair(sample)),
      })),
    );
  }
  if (bool) {
    return vector(
      samples.map(sample => ({
        labels: withoutName(sample.labels),
        value: compare(...pair(sample)) ? 1 : 0,
      })),
    );
  }
  return vector(samples.filter(sample => compare(...pair(sample))));
}

const matchLabels = (
  { on, labels: names }: Matching,
  labels: Labels,
): Labels => (on ? only(labels, names) : except(labels, names));

function vectors(node: Binary, left: Sample[], right: Sample[]): Value {
  const { matching, operator, bool } = node;
  const swap = matching.many === 'right';
  const [many, one] = swap ? [right, left] : [left, right];
  const ones = new Map<string, Sample>();
  for (const sample of one) {
    const key = signature(matchLabels(matching, sample.labels));
    if (ones.has(key)) {
      throw failedQuery(
        `found duplicate series for the match group ${key} on the ${swap ? 'left' : 'right'} hand-side of the operation; many-to-many matching not allowed: matching labels must be unique on one side`,
      );
    }
    ones.set(key, sample);
  }
  const compare = COMPARISON[operator];
  const seen = new Set<string>();
  const result: Sample[] = [];
  for (const sample of many) {
    const key = signature(matchLabels(matching, sample.labels));
    const partner = ones.get(key);
    if (!partner) continue;
    const a = swap ? partner.value : sample.value;
    const b = swap ? sample.value : partner.value;
    if (compare && !bool && !compare(a, b)) continue;
    const labels = resultLabels(node, sample, partner);
    const identity = matching.many ? signature(labels) : key;
    if (seen.has(identity)) {
      throw failedQuery(
        'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)',
      );
    }
    seen.add(identity);
    result.push({ labels, value: valueOf(node, a, b) });
  }
  return vector(result);
}

/** A comparison that came this far is true, or is asked to say 0 or 1. */
function valueOf({ operator, bool }: Binary, a: number, b: number): number {
  const compare = COMPARISON[operator];
  if (!compare) return arithmetic(operator)(a, b);
  if (!bool) return a;
  return compare(a, b) ? 1 : 0;
}

function resultLabels(
  { matching, operator, bool }: Binary,
  many: Sample,
  one: Sample,
): Labels {
  const keepsName = COMPARISON[operator] !== undefined && !bool;
  const own = keepsName ? many.labels : withoutName(many.labels);
  const name = own.__name__ !== undefined && { __name__: own.__name__ };
  if (!matching.many) {
    if (matching.on) return only(own, matching.labels);
    return { ...name, ...except(own, matching.labels) };
  }
  return {
    ...except(own, matching.include),
    ...name,
    ...only(one.labels, matching.include),
  };
}

function sets(
  { operator, matching }: Binary,
  left: Value,
  right: Value,
): Value {
  if (left.type !== 'vector' || right.type !== 'vector') {
    throw badQuery(
      `parse error: set operator "${operator}" not allowed in binary scalar expression`,
    );
  }
  const key = (sample: Sample) =>
    signature(matchLabels(matching, sample.labels));
  if (operator === 'or') {
    const known = new Set(left.samples.map(key));
    return vector([
      ...left.samples,
      ...right.samples.filter(sample => !known.has(key(sample))),
    ]);
  }
  const known = new Set(right.samples.map(key));
  return vector(
    left.samples.filter(
      sample => known.has(key(sample)) === (operator === 'and'),
    ),
  );
}
