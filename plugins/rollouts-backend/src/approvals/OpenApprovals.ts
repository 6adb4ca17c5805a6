import type { LoggerService } from '@backstage/backend-plugin-api';
import type { GateChange } from '../gates/ActionGate';
import { OPEN_STATES, type ApprovalRecord } from './store/ApprovalRecord';
import type { ApprovalReads } from './store/ApprovalReads';

/**
 * The requests that can still have an effect, in memory, so that a page asks
 * no database. What other replicas changed is read every few seconds.
 */
export class OpenApprovals {
  readonly #byId = new Map<string, ApprovalRecord>();
  readonly #listeners = new Set<(change: GateChange) => void>();
  /** Made when asked for, after a change. */
  #lookups?: {
    byUid: Map<string, ApprovalRecord[]>;
    byKey: Map<string, ApprovalRecord[]>;
  };
  #problem: string | undefined = 'The approvals have not been read yet.';

  constructor(
    private readonly options: {
      reads: () => Pick<ApprovalReads, 'open'> | undefined;
      logger: Pick<LoggerService, 'warn'>;
    },
  ) {}

  /** Soonest to expire first. */
  get all(): ApprovalRecord[] {
    return [...this.#byId.values()].sort(
      (a, b) => a.expiresAt - b.expiresAt || a.id.localeCompare(b.id),
    );
  }

  /** Why what is here may be old. */
  get problem(): string | undefined {
    return this.#problem;
  }

  find(id: string): ApprovalRecord | undefined {
    return this.#byId.get(id);
  }

  ofUid(uid: string): readonly ApprovalRecord[] {
    return this.#found.byUid.get(uid) ?? [];
  }

  /** Of `cluster/namespace/name`. */
  ofKey(key: string): readonly ApprovalRecord[] {
    return this.#found.byKey.get(key) ?? [];
  }

  subscribe(listener: (change: GateChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A request as a change has just left it. */
  put(request: ApprovalRecord): void {
    const known = this.#byId.get(request.id);
    if (known && known.version > request.version) {
      return;
    }
    this.#lookups = undefined;
    if (OPEN_STATES.includes(request.state)) {
      this.#byId.set(request.id, request);
    } else {
      this.#byId.delete(request.id);
    }
    this.#announce([request]);
  }

  /** Reads all again. A database that does not answer leaves what is known. */
  async reload(): Promise<void> {
    const before = this.#problem;
    const reads = this.options.reads();
    if (!reads) {
      // Who opens the database says so when it does not open.
      return;
    }
    try {
      this.#replace(await reads.open());
      this.#problem = undefined;
    } catch (error) {
      this.#problem = `The approvals cannot be read: ${error instanceof Error ? error.message : error}`;
    }
    if (before !== this.#problem) {
      if (this.#problem) {
        this.options.logger.warn(this.#problem);
      }
      this.#listeners.forEach(listener => listener('all'));
    }
  }

  get #found() {
    if (!this.#lookups) {
      const { all } = this;
      this.#lookups = {
        byUid: grouped(all, ({ bound }) => bound.uid),
        byKey: grouped(all, keyOf),
      };
    }
    return this.#lookups;
  }

  #replace(requests: ApprovalRecord[]): void {
    const now = new Map(
      requests.map(read => {
        // What was put here while they were read may be newer.
        const known = this.#byId.get(read.id);
        return [read.id, known && known.version > read.version ? known : read];
      }),
    );
    const changed = [
      ...[...this.#byId.values()].filter(({ id }) => !now.has(id)),
      ...[...now.values()].filter(
        ({ id, version }) => this.#byId.get(id)?.version !== version,
      ),
    ];
    this.#lookups = undefined;
    this.#byId.clear();
    now.forEach((request, id) => this.#byId.set(id, request));
    this.#announce(changed);
  }

  #announce(changed: ApprovalRecord[]): void {
    if (changed.length === 0) {
      return;
    }
    const keys = [...new Set(changed.map(keyOf))];
    this.#listeners.forEach(listener => listener({ keys }));
  }
}

function grouped(
  requests: readonly ApprovalRecord[],
  keyFor: (request: ApprovalRecord) => string,
): Map<string, ApprovalRecord[]> {
  const groups = new Map<string, ApprovalRecord[]>();
  for (const request of requests) {
    const key = keyFor(request);
    groups.set(key, [...(groups.get(key) ?? []), request]);
  }
  return groups;
}

/** `cluster/namespace/name` */
export function keyOf({ ref }: Pick<ApprovalRecord, 'ref'>): string {
  return `${ref.cluster}/${ref.namespace}/${ref.name}`;
}
