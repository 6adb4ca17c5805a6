/** A file with Kubernetes objects in YAML or JSON. @public */
export interface ManifestFile {
  /** In findings, and for their order. */
  name: string;
  text: string;
}

/** How bad a finding is. @public */
export type FindingSeverity = 'error' | 'warning' | 'info';

/** @public */
export interface LintRequest {
  files: ManifestFile[];
  /** Rules that are to count more, less or not at all, by id. */
  severities?: Record<string, FindingSeverity | 'off'>;
}

/** One thing that a lint rule found; lines and columns count from 1. @public */
export interface LintFinding {
  rule: string;
  severity: FindingSeverity;
  message: string;
  fix: string;
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  object?: { kind: string; namespace?: string; name: string };
  /** `spec.strategy.canary.steps[1].pause` */
  field?: string;
  /** The reason that somebody gave for silencing it. */
  suppressed?: string;
}

/** @public */
export interface LintResponse {
  findings: LintFinding[];
  suppressed: LintFinding[];
  checked: { files: number; objects: number; rollouts: number };
  /** The same for people. */
  text: string;
}

/** @public */
export interface SimulateRequest {
  files: ManifestFile[];
  /** Name of the only rollout that is meant. */
  rollout?: string;
  /** As in a file with assumptions: `{ podStart: '5s', failAtStep: 3 }`. */
  assumptions?: Record<string, unknown>;
}

/** The future of one rollout, in short and in full. @public */
export interface SimulatedRollout {
  namespace: string;
  name: string;
  outcome: {
    kind: 'promoted' | 'aborted' | 'waiting' | 'stuck';
    /** Milliseconds after the new version was applied. */
    at: number;
    phase: string;
    message?: string;
  };
  /** Milliseconds of all the traffic that met the new version before it was stable. */
  exposed: number;
  /** The log for people. */
  text: string;
  /** SVG without scripts. */
  picture: string;
  /** Weights, pods, events and aborts over time, as the simulator gives them. */
  timeline: Record<string, unknown>;
}

/** @public */
export interface SimulateResponse {
  simulations: SimulatedRollout[];
}
