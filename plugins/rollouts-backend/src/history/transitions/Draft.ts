import type { FactData, FactKind, HistoryFact } from '../facts/HistoryFact';
import type { Observation } from '../observe/Observation';
import type { CurrentRelease } from './StreamState';

/** A release being brought up to an observation, and the facts that it takes. */
export class Draft {
  release: CurrentRelease;
  readonly facts: HistoryFact[];
  readonly observation: Observation;

  /** @param release - copied: what was known before stays as it was */
  constructor(
    release: CurrentRelease,
    observation: Observation,
    facts: HistoryFact[],
  ) {
    this.release = {
      ...release,
      counts: { ...release.counts },
      pauses: [...release.pauses],
      runs: { ...release.runs },
    };
    this.observation = observation;
    this.facts = facts;
  }

  /** @param key - unique among the facts of this kind in this release */
  add<K extends FactKind>(
    kind: K,
    key: string | number,
    at: number,
    data: FactData[K],
  ): void {
    this.facts.push({
      releaseId: this.release.id,
      kind,
      key: `${this.release.id}/${kind}/${key}`,
      at,
      data,
    } as HistoryFact);
  }
}
