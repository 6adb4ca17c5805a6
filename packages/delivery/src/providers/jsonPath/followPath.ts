import { JsonPathError, type Selector } from './selector';

/** Values looked at for one path; `..` on a large document ends there. */
const MOST_STEPS = 100_000;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return isObject(value) ? 'map' : typeof value;
}

function children(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return isObject(value) ? Object.values(value) : [];
}

function elements(value: unknown, what: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new JsonPathError(`${kindOf(value)} ${what}`);
}

const outOfBounds = (index: number, length: number) =>
  new JsonPathError(
    `array index out of bounds: index ${index}, length ${length}`,
  );

function slice(
  list: unknown[],
  { from = 0, to, step = 1 }: Selector & { type: 'slice' },
): unknown[] {
  const { length } = list;
  const begin = from < 0 ? from + length : from;
  const wanted = to ?? length;
  const end = wanted < 0 ? wanted + length : wanted;
  if (begin === end) return [];
  if (begin < 0 || begin >= length) throw outOfBounds(begin, length);
  if (end < 0 || end > length) throw outOfBounds(end - 1, length);
  if (begin > end) {
    throw new JsonPathError(
      `starting index ${begin} is greater than ending index ${end}`,
    );
  }
  if (step <= 0) throw new JsonPathError('step must be > 0');
  return list.slice(begin, end).filter((_, i) => i % step === 0);
}

function compare(operator: string, left: unknown, right: unknown): boolean {
  if (operator === '==') return left === right;
  if (operator === '!=') return left !== right;
  const numbers = typeof left === 'number' && typeof right === 'number';
  const texts = typeof left === 'string' && typeof right === 'string';
  if (!numbers && !texts) {
    throw new JsonPathError(
      `incompatible types for comparison: ${kindOf(left)} ${operator} ${kindOf(right)}`,
    );
  }
  switch (operator) {
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '<=':
      return left <= right;
    default:
      return left >= right;
  }
}

class Follower {
  #steps = 0;

  follow(start: unknown, selectors: Selector[]): unknown[] {
    let found: unknown[] = [start];
    for (const selector of selectors) found = this.#select(found, selector);
    return found;
  }

  #count(values: unknown[]) {
    this.#steps += values.length + 1;
    if (this.#steps > MOST_STEPS) {
      throw new JsonPathError(
        `the path looks at more than ${MOST_STEPS} values of this document`,
      );
    }
  }

  #select(found: unknown[], selector: Selector): unknown[] {
    this.#count(found);
    const present = found.filter(value => (value ?? null) !== null);
    switch (selector.type) {
      case 'constant':
        return found.map(() => selector.value);
      case 'field':
        return field(found, present, selector.name);
      case 'wildcard':
        return present.flatMap(children);
      case 'descend':
        return present.flatMap(value => this.#below(value));
      case 'index':
        return present.map(value => {
          const list = elements(value, 'is not array or slice');
          const { at } = selector;
          const index = at < 0 ? at + list.length : at;
          if (index < 0 || index >= list.length) {
            throw outOfBounds(index, list.length);
          }
          return list[index];
        });
      case 'slice':
        return present.flatMap(value =>
          slice(elements(value, 'is not array or slice'), selector),
        );
      case 'union':
        return selector.of.flatMap(each =>
          found.flatMap(value => this.follow(value, each)),
        );
      default:
        return found.flatMap(value => {
          const list = elements(
            value,
            'is not array or slice and cannot be filtered',
          );
          this.#count(list);
          return list.filter(element => this.#passes(element, selector));
        });
    }
  }

  #below(value: unknown): unknown[] {
    const next = children(value);
    this.#count(next);
    if (!next.length) return [];
    return [value, ...next.flatMap(child => this.#below(child))];
  }

  #passes(
    element: unknown,
    filter: Selector & { type: 'exists' | 'compare' },
  ): boolean {
    if (filter.type === 'exists') {
      try {
        return this.follow(element, filter.left).length > 0;
      } catch (error) {
        // What is not there does not exist: that is the question.
        if (error instanceof JsonPathError) return false;
        throw error;
      }
    }
    const left = this.follow(element, filter.left);
    const right = this.follow(element, filter.right);
    if (!left.length || !right.length) return false;
    if (left.length > 1 || right.length > 1) {
      throw new JsonPathError('can only compare one element at a time');
    }
    return compare(filter.operator, left[0], right[0]);
  }
}

function field(found: unknown[], present: unknown[], name: string): unknown[] {
  if (!found.length) return [];
  const values = present.flatMap(value =>
    isObject(value) && Object.hasOwn(value, name) ? [value[name]] : [],
  );
  if (values.length) return values;
  throw new JsonPathError(`${name} is not found`);
}

/**
 * All values that the selectors lead to, in the document's order. Only own
 * properties are followed.
 *
 * @throws JsonPathError when a field is not there, or an index out of bounds.
 */
export function followPath(document: unknown, selectors: Selector[]) {
  return new Follower().follow(document, selectors);
}
