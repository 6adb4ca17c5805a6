import type { Knex } from 'knex';
import type { HistoryFact } from '../facts/HistoryFact';
import { ACTION_WINDOW_MILLISECONDS, STARTING } from './ReleaseRecord';
import { ENTRIES, RELEASES, type EntryRow, type ReleaseRow } from './rows';

/** Clocks of the cluster and of the portal, and whole seconds in objects. */
const SLACK_MILLISECONDS = 2_000;

/**
 * What the same append says before a fact: it is not in the tables yet. After
 * the database was away much comes at once.
 */
export interface SameAppend {
  /** Releases that began, in order. */
  begun: { id: string; at: number }[];
  /** Of requests, by `request/<id>`. */
  releaseOfRequest: ReadonlyMap<string, string>;
}

/**
 * The release that something a person did belongs to: the one that it set
 * off, else the one that went on at the time.
 */
export async function releaseOfFact(
  knex: Knex,
  stream: string,
  fact: HistoryFact,
  { begun, releaseOfRequest }: SameAppend,
): Promise<string | undefined> {
  const request = requestOf(fact);
  if (request !== undefined) {
    const known = releaseOfRequest.get(`request/${request}`);
    if (known !== undefined) {
      return known;
    }
    const asked = await knex<EntryRow>(ENTRIES)
      .where({ stream, fact_key: `request/${request}` })
      .first('release_id');
    if (asked?.release_id) {
      return asked.release_id;
    }
  }
  const releases = () => knex<ReleaseRow>(RELEASES).where({ stream });
  if (fact.kind === 'action' && STARTING.has(fact.data.action)) {
    const set = await releases()
      .whereBetween('started_at', [
        fact.at - SLACK_MILLISECONDS,
        fact.at + ACTION_WINDOW_MILLISECONDS,
      ])
      .orderBy('started_at', 'asc')
      .first('id');
    const setNow = begun.find(
      ({ at }) =>
        at >= fact.at - SLACK_MILLISECONDS &&
        at <= fact.at + ACTION_WINDOW_MILLISECONDS,
    );
    if (set || setNow) {
      return set?.id ?? setNow?.id;
    }
  }
  const duringNow = begun.findLast(
    ({ at }) => at <= fact.at + SLACK_MILLISECONDS,
  );
  if (duringNow) {
    return duringNow.id;
  }
  const during = await releases()
    .where('sorted_at', '<=', fact.at + SLACK_MILLISECONDS)
    .orderBy('first_seq', 'desc')
    .first('id');
  const first =
    during ?? (await releases().orderBy('first_seq', 'asc').first('id'));
  return first?.id ?? begun[0]?.id;
}

function requestOf(fact: HistoryFact): string | undefined {
  switch (fact.kind) {
    case 'vote':
    case 'comment':
    case 'emergency':
    case 'request-ended':
      return fact.data.requestId;
    default:
      return undefined;
  }
}
