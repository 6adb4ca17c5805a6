import { namespaceOf, type LintObject } from '../read/lintObject';

/** Finds objects by kind, namespace and name. */
export class ObjectIndex {
  private readonly byKind = new Map<string, LintObject[]>();
  private readonly byName = new Map<string, LintObject>();

  constructor(objects: readonly LintObject[]) {
    for (const object of objects) {
      const kind = `${object.group}/${object.kind}/${namespaceOf(object)}`;
      const known = this.byKind.get(kind);
      if (known) known.push(object);
      else this.byKind.set(kind, [object]);
      this.byName.set(`${kind}/${object.value.metadata.name}`, object);
    }
  }

  /** Objects of a kind (`apps/Deployment`, `/Service`) in a namespace. */
  in(namespace: string, kind: string): readonly LintObject[] {
    return this.byKind.get(`${kind}/${namespace}`) ?? [];
  }

  find(namespace: string, kind: string, name: string): LintObject | undefined {
    return this.byName.get(`${kind}/${namespace}/${name}`);
  }
}
