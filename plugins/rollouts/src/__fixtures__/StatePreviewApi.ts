import type {
  LintFinding,
  ManifestFile,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type {
  Assumptions,
  Timeline,
} from '@progressive-delivery/delivery/preview';
import type { PreviewApi } from '../api/PreviewApi';
import futures from './strategyFutures.json';

/** As the simulator gave them for the presets. */
export type FutureName = keyof typeof futures;

export function futureOf(name: FutureName): Timeline {
  return futures[name] as unknown as Timeline;
}

/** What somebody asked to see. */
export interface AskedFuture {
  files: ManifestFile[];
  assumptions: Assumptions;
}

/** Answers with a future of before, or fails. */
export class StatePreviewApi implements PreviewApi {
  readonly asked: AskedFuture[] = [];

  constructor(
    private readonly future: (asked: AskedFuture) => FutureName,
    private readonly findings: LintFinding[] = [],
    private readonly failure?: Error,
  ) {}

  async simulate(
    files: ManifestFile[],
    assumptions: Assumptions = {},
  ): Promise<Timeline> {
    const asked = { files, assumptions };
    this.asked.push(asked);
    if (this.failure) throw this.failure;
    return futureOf(this.future(asked));
  }

  async lint(): Promise<LintFinding[]> {
    return this.findings;
  }
}
