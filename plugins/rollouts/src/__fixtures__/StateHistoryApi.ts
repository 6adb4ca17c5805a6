import type {
  MeasuresResponse,
  Release,
  ReleaseComparison,
  ReleasePage,
  ReleaseSummary,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type {
  ExportFormat,
  HistoryApi,
  ReleaseFilter,
} from '../api/HistoryApi';
import { comparison, measures, releaseDetail } from './historyRelease';

/** Answers from a list of releases, records what is asked. */
export class StateHistoryApi implements HistoryApi {
  readonly asked: ReleaseFilter[] = [];
  readonly exported: { filter: ReleaseFilter; format: ExportFormat }[] = [];
  /** Replace it to fail. */
  failure: Error | undefined;
  releases: ReleaseSummary[];
  measured: MeasuresResponse;

  private readonly now: number;

  constructor(
    releases: ReleaseSummary[],
    now: number = Date.now(),
    measured: MeasuresResponse = measures(now),
  ) {
    this.releases = releases;
    this.now = now;
    this.measured = measured;
  }

  async listReleases(
    filter: ReleaseFilter,
    options: { limit?: number; cursor?: string } = {},
  ): Promise<ReleasePage> {
    this.asked.push(filter);
    this.fail();
    const { outcome, person, image } = filter;
    const matching = this.releases.filter(
      release =>
        (!outcome || outcome.includes(release.outcome)) &&
        (!person || release.people.includes(person)) &&
        (!image || release.images.some(({ to }) => to.includes(image))),
    );
    const from = Number(options.cursor ?? 0);
    const to = from + (options.limit ?? 25);
    return {
      items: matching.slice(from, to),
      nextCursor: to < matching.length ? String(to) : undefined,
    };
  }

  async getRelease(id: string): Promise<Release> {
    this.fail();
    const summary = this.releases.find(release => release.id === id);
    if (!summary) {
      throw Object.assign(new Error('Not found'), {
        name: 'ResponseError',
        statusCode: 404,
      });
    }
    return releaseDetail(this.now, summary);
  }

  async compareReleases(from: string, to: string): Promise<ReleaseComparison> {
    return comparison(await this.getRelease(from), await this.getRelease(to));
  }

  async getMeasures(): Promise<MeasuresResponse> {
    this.fail();
    return this.measured;
  }

  async exportReleases(
    filter: ReleaseFilter,
    format: ExportFormat,
  ): Promise<Blob> {
    this.fail();
    this.exported.push({ filter, format });
    return new Blob(['id\n']);
  }

  private fail(): void {
    if (this.failure) {
      throw this.failure;
    }
  }
}
