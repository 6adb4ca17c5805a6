import type {
  ReleasePage,
  ReleaseSummary,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** What was read so far, newest first. */
export interface LoadedReleases {
  items: ReleaseSummary[];
  nextCursor?: string;
}

/**
 * Puts a first page that was read again before the older ones that are
 * already there. What the page reaches over is the page's: a release in it
 * that no longer matches disappears.
 */
export function withNewHead(
  known: LoadedReleases | undefined,
  page: ReleasePage,
): LoadedReleases {
  const last = page.items.at(-1);
  const at = last
    ? (known?.items.findIndex(({ id }) => id === last.id) ?? -1)
    : -1;
  const tail = at < 0 ? [] : (known?.items.slice(at + 1) ?? []);
  return {
    items: [...page.items, ...tail],
    nextCursor: tail.length > 0 ? known?.nextCursor : page.nextCursor,
  };
}
