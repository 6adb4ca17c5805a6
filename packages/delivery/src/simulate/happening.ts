/** Something that a person would notice. */
export type Happening =
  | { kind: 'weight'; weight: number; pods: number }
  | { kind: 'pause'; milliseconds?: number }
  | { kind: 'analysis'; name: string }
  | { kind: 'experiment'; versions: string[]; milliseconds?: number }
  | { kind: 'step'; label: string }
  /** Blue-green: the preview service leads to so many new pods. */
  | { kind: 'preview'; pods: number }
  /** Blue-green: an approved preview comes up to full size. */
  | { kind: 'size'; pods: number }
  /** Blue-green: the active service leads to the new pods. */
  | { kind: 'active' }
  | { kind: 'stable' };
