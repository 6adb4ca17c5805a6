import { StoredObject } from '../../api/clusterApi';
import { ServedKindName } from '../objects/kindSource';

/** What the garbage collector knows of an object. */
export interface GraphNode {
  kind: ServedKindName;
  object: StoredObject;
}

/** Every object by uid, and who says to be owned by whom. */
export class OwnerGraph {
  private readonly nodes = new Map<string, GraphNode>();
  private readonly dependents = new Map<string, Set<string>>();

  get(uid: string): GraphNode | undefined {
    return this.nodes.get(uid);
  }

  put(kind: ServedKindName, object: StoredObject): void {
    const { uid } = object.metadata;
    this.unlink(uid);
    this.nodes.set(uid, { kind, object });
    for (const owner of object.metadata.ownerReferences ?? []) {
      const set = this.dependents.get(owner.uid) ?? new Set();
      set.add(uid);
      this.dependents.set(owner.uid, set);
    }
  }

  remove(uid: string): void {
    this.unlink(uid);
    this.nodes.delete(uid);
  }

  /** Objects that name this one as an owner. */
  dependentsOf(uid: string): GraphNode[] {
    return [...(this.dependents.get(uid) ?? [])].flatMap(
      dependent => this.nodes.get(dependent) ?? [],
    );
  }

  private unlink(uid: string): void {
    const { ownerReferences } = this.nodes.get(uid)?.object.metadata ?? {};
    for (const owner of ownerReferences ?? []) {
      const set = this.dependents.get(owner.uid);
      set?.delete(uid);
      if (set?.size === 0) this.dependents.delete(owner.uid);
    }
  }
}
