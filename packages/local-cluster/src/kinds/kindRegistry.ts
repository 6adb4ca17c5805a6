import { GroupResource } from '../api/clusterApi';
import { unknownPath } from '../api/apiError';
import { collectionId, KindDefinition, KindVersion } from './kindDefinition';

/** A kind in one of the versions that it is served in. */
export interface ServedKind {
  kind: KindDefinition;
  version: KindVersion;
}

/** The kinds that are served now; CRDs add and remove some while running. */
export class KindRegistry {
  private readonly kinds = new Map<string, KindDefinition>();
  private readonly subscribers = new Set<(kind: KindDefinition) => void>();

  constructor(kinds: readonly KindDefinition[]) {
    for (const kind of kinds) this.kinds.set(collectionId(kind), kind);
  }

  all(): KindDefinition[] {
    return [...this.kinds.values()];
  }

  find(resource: GroupResource): KindDefinition | undefined {
    return this.kinds.get(collectionId(resource));
  }

  /** @throws ApiError 404 when no such kind is served */
  get(resource: GroupResource): KindDefinition {
    const kind = this.find(resource);
    if (!kind) throw unknownPath();
    return kind;
  }

  findServed(
    resource: GroupResource & { version: string },
  ): ServedKind | undefined {
    const kind = this.find(resource);
    const version = kind?.versions.find(
      candidate => candidate.served && candidate.name === resource.version,
    );
    return kind && version && { kind, version };
  }

  /** The kind in the version that its objects are stored in. */
  stored(resource: GroupResource): ServedKind {
    const kind = this.get(resource);
    const version = kind.versions.find(
      candidate => candidate.name === kind.storageVersion,
    );
    if (!version) throw unknownPath();
    return { kind, version };
  }

  register(kind: KindDefinition): void {
    this.kinds.set(collectionId(kind), kind);
    this.announce(kind);
  }

  unregister(resource: GroupResource): void {
    const kind = this.find(resource);
    if (!kind) return;
    this.kinds.delete(collectionId(resource));
    this.announce(kind);
  }

  /** Calls back with each kind that was added, changed or removed. */
  onChange(notify: (kind: KindDefinition) => void): () => void {
    this.subscribers.add(notify);
    return () => this.subscribers.delete(notify);
  }

  private announce(kind: KindDefinition): void {
    for (const notify of [...this.subscribers]) notify(kind);
  }
}
