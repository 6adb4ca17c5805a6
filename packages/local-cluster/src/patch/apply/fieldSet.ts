/** No element contains it: names are printable, and JSON escapes it. */
const SEPARATOR = '\u0001';

/**
 * A set of fields of an object. A field is a path of elements as in FieldsV1:
 * `f:name` for a field, `k:{"name":"c"}` for the item of a list with that key,
 * `v:"text"` for a value in a list that is a set.
 */
export class FieldSet {
  private constructor(private readonly paths: Set<string>) {}

  static of(paths: Iterable<readonly string[]> = []): FieldSet {
    const set = new Set<string>();
    for (const path of paths) set.add(join(path));
    return new FieldSet(set);
  }

  /** Reads the tree that `managedFields` carries as `fieldsV1`. */
  static fromFieldsV1(tree: unknown): FieldSet {
    const set = new Set<string>();
    const visit = (node: unknown, path: readonly string[]): void => {
      const children = Object.entries((node as object | null) ?? {});
      if (children.length === 0 && path.length > 0) set.add(join(path));
      for (const [element, child] of children) {
        if (element === '.') set.add(join(path));
        else visit(child, [...path, element]);
      }
    };
    visit(tree, []);
    return new FieldSet(set);
  }

  get size(): number {
    return this.paths.size;
  }

  has(path: readonly string[]): boolean {
    return this.paths.has(join(path));
  }

  *[Symbol.iterator](): IterableIterator<string[]> {
    for (const path of this.paths) yield path.split(SEPARATOR);
  }

  union(other: FieldSet): FieldSet {
    return new FieldSet(new Set([...this.paths, ...other.paths]));
  }

  without(other: FieldSet): FieldSet {
    return this.filterText(path => !other.paths.has(path));
  }

  intersection(other: FieldSet): FieldSet {
    return this.filterText(path => other.paths.has(path));
  }

  filter(keep: (path: string[]) => boolean): FieldSet {
    return this.filterText(path => keep(path.split(SEPARATOR)));
  }

  equals(other: FieldSet): boolean {
    return (
      this.size === other.size &&
      [...this.paths].every(path => other.paths.has(path))
    );
  }

  toFieldsV1(): Record<string, unknown> {
    const root: Record<string, any> = {};
    const sorted = [...this.paths].sort();
    for (const [index, path] of sorted.entries()) {
      let node = root;
      for (const element of path.split(SEPARATOR)) {
        node[element] ??= {};
        node = node[element];
      }
      // Fields below follow their parent in this order.
      if (sorted[index + 1]?.startsWith(path + SEPARATOR)) node['.'] = {};
    }
    return root;
  }

  private filterText(keep: (path: string) => boolean): FieldSet {
    return new FieldSet(new Set([...this.paths].filter(keep)));
  }
}

function join(path: readonly string[]): string {
  return path.join(SEPARATOR);
}

/** `.spec.template.spec.containers[name="c"].image`, as conflicts name fields. */
export function fieldText(path: readonly string[]): string {
  return path
    .map(element => {
      const rest = element.slice(2);
      if (element.startsWith('f:')) return `.${rest}`;
      if (element.startsWith('v:')) return `[=${rest}]`;
      const keys = Object.entries(JSON.parse(rest) as object).map(
        ([key, value]) => `${key}=${JSON.stringify(value)}`,
      );
      return `[${keys.join(',')}]`;
    })
    .join('');
}
