import type { AnyObject } from '@progressive-delivery/kube';
import { HASH_LABEL, REVISION } from './entry';

const ownerKind = ({ metadata }: AnyObject) =>
  metadata.ownerReferences?.find(
    (owner: { controller?: boolean }) => owner.controller,
  )?.kind as string | undefined;

/**
 * Names for what differs from run to run: a pod hash is the number of the
 * ReplicaSet that first had it (`r1`), a generated name says what it is for.
 */
export class Names {
  readonly #names: Map<string, string>;
  readonly #taken = new Set<string>();
  readonly #count = new Map<string, number>();

  constructor(namespace: string) {
    this.#names = new Map([[namespace, '<namespace>']]);
  }

  see(object: AnyObject) {
    if (object.kind === 'ReplicaSet') this.#replicaSet(object);
    if (object.kind === 'AnalysisRun' && ownerKind(object) === 'Rollout') {
      this.#generated(object, this.#purposeOfRun(object));
    }
    if (object.kind === 'Experiment' && ownerKind(object) === 'Rollout') {
      this.#generated(object, this.#purposeOfExperiment(object));
    }
  }

  /** The text with every known name replaced. */
  readonly rename = (text: string): string => {
    let renamed = text;
    // Longer ones first: a run's name has a hash in it.
    for (const raw of [...this.#names.keys()].sort(byLength)) {
      renamed = renamed.replaceAll(raw, this.#names.get(raw)!);
    }
    return renamed
      .replace(/\d+ out of \d+/g, '<n> out of <n>')
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)/g, '<time>');
  };

  #replicaSet(object: AnyObject) {
    const hash = object.metadata.labels?.[HASH_LABEL];
    if (!hash || this.#names.has(hash)) return;
    if (ownerKind(object) === 'Experiment') {
      this.#names.set(hash, `(${object.metadata.name.split('-').at(-1)})`);
      return;
    }
    const owner = object.metadata.ownerReferences?.[0]?.name ?? '';
    const number = (this.#count.get(owner) ?? 0) + 1;
    this.#count.set(owner, number);
    this.#names.set(hash, `r${number}`);
  }

  #generated({ metadata }: AnyObject, purpose: string) {
    if (this.#names.has(metadata.name)) return;
    let name = purpose;
    for (let again = 2; this.#taken.has(name); again++) {
      name = `${purpose} #${again}`;
    }
    this.#taken.add(name);
    this.#names.set(metadata.name, name);
  }

  #purposeOfRun({ metadata }: AnyObject): string {
    const { labels = {}, annotations = {} } = metadata;
    const step = labels['step-index'] ? ` ${labels['step-index']}` : '';
    const kind = labels['rollout-type'] ?? 'unknown';
    return `<${kind}${step} run of revision ${annotations[REVISION] ?? '?'}>`;
  }

  #purposeOfExperiment({ metadata }: AnyObject): string {
    const { labels = {}, annotations = {} } = metadata;
    const step = labels['step-index'] ? ` ${labels['step-index']}` : '';
    return `<step${step} experiment of revision ${annotations[REVISION] ?? '?'}>`;
  }
}

function byLength(a: string, b: string): number {
  return b.length - a.length;
}
