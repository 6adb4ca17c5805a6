/** What the kubelet knows beside the pod itself. Times in milliseconds since the epoch. */
export interface PodWorld {
  nodeName: string;
  hostIP: string;
  /** This pod's address, the same at each call. */
  podIP: string;
  /** How long this pod takes from being bound to its containers running. */
  startDelayMs: number;
  /** How long a container takes to stop once it is told to. */
  shutdownMs: number;
  /** When the pod was first seen bound. Status times have whole seconds only. */
  boundAt: number;
  /** When the pod was first seen terminating. */
  terminatingSince?: number;
}
