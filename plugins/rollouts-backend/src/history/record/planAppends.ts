import type { ReleaseGap } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { HistoryFact } from '../facts/HistoryFact';
import type { StreamAppend, StreamHead } from '../store/HistoryStore';
import { transitions } from '../transitions/transitions';
import type { Look, Waiting } from './Buffer';

/** Looks worked on before other work of the process gets its turn. */
const LOOKS_AT_ONCE = 10;

export interface PlannedAppend {
  stream: string;
  /** Nothing when there is nothing to write. */
  append?: StreamAppend;
  /** What it takes care of. */
  looks: Look[];
  facts: HistoryFact[];
  gone: boolean;
}

/**
 * What follows from all that waits, on top of what the chains say. An object
 * of which nothing can be made must not keep all others from being recorded:
 * such a look is passed over, and `onFault` is told.
 */
export async function planAppends(
  streams: ({ stream: string; head: StreamHead } & Waiting)[],
  gapBefore: (cluster: string) => ReleaseGap | undefined,
  onFault: (stream: string, error: unknown) => void,
): Promise<PlannedAppend[]> {
  const planned: PlannedAppend[] = [];
  let worked = 0;
  for (const { stream, head, cluster, ...waiting } of streams) {
    const looks = [...waiting.looks];
    const deeds = [...waiting.facts];
    const facts: HistoryFact[] = [];
    let { state } = head;
    let present = head.present;
    for (const look of looks) {
      const gap = look.gap ?? (look.first ? gapBefore(cluster) : undefined);
      try {
        const transition = transitions(
          state,
          look.observe(look, gap && gapOf(gap, look, head)),
        );
        facts.push(...transition.facts);
        state = transition.state;
      } catch (error) {
        onFault(stream, error);
      }
      present = !look.gone;
      worked += 1;
      if (worked % LOOKS_AT_ONCE === 0) {
        await new Promise<void>(resolve => {
          setImmediate(resolve);
        });
      }
    }
    const changed = facts.length > 0 || present !== head.present;
    planned.push({
      stream,
      looks,
      facts: deeds,
      gone: !present,
      append:
        changed || deeds.length > 0
          ? {
              stream,
              cluster,
              facts: [...facts, ...deeds],
              basedOn: changed ? { seq: head.seq, state, present } : undefined,
            }
          : undefined,
    });
  }
  return planned;
}

/** An object that is on record was not first seen now, whatever else was lost. */
function gapOf(gap: ReleaseGap, look: Look, head: StreamHead): ReleaseGap {
  const known = head.seq > 0;
  return {
    ...gap,
    cause: gap.cause === 'first-seen' && known ? 'portal-down' : gap.cause,
    to: new Date(look.at).toISOString(),
  };
}
