import { createApiRef, type ApiRef } from '@backstage/frontend-plugin-api';
import type {
  MeasuresResponse,
  Release,
  ReleaseComparison,
  ReleaseOutcome,
  ReleasePage,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** Which releases are asked for; all that are given must hold. @public */
export interface ReleaseFilter {
  /** Full entity ref. */
  entity?: string;
  /** One of these. */
  outcome?: ReleaseOutcome[];
  /** Text that an image of the new version contains. */
  image?: string;
  /** Full entity ref of somebody who acted, asked or voted. */
  person?: string;
  /** Releases that went on at this time or began after it, RFC 3339. */
  from?: string;
  /** Releases that began before this time, RFC 3339. */
  to?: string;
}

/** @public */
export type ExportFormat = 'csv' | 'json';

/**
 * What the frontend asks of the history. All methods reject with the errors
 * of `@backstage/errors`.
 * @public
 */
export interface HistoryApi {
  /** A page of releases, newest first. */
  listReleases(
    filter: ReleaseFilter,
    options?: { limit?: number; cursor?: string; signal?: AbortSignal },
  ): Promise<ReleasePage>;

  getRelease(id: string, options?: { signal?: AbortSignal }): Promise<Release>;

  /** @param from - id of a release @param to - id of a release */
  compareReleases(
    from: string,
    to: string,
    options?: { signal?: AbortSignal },
  ): Promise<ReleaseComparison>;

  getMeasures(
    filter: Pick<ReleaseFilter, 'entity' | 'from' | 'to'>,
    options?: { signal?: AbortSignal },
  ): Promise<MeasuresResponse>;

  /** All releases that match, as a file. */
  exportReleases(filter: ReleaseFilter, format: ExportFormat): Promise<Blob>;
}

/** @public */
export const historyApiRef: ApiRef<HistoryApi> =
  createApiRef<HistoryApi>().with({
    id: 'plugin.rollouts.history',
    pluginId: 'rollouts',
  });
