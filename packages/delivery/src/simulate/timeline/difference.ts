import type { Observation } from './observation';
import type { TimelineEvent } from './timeline';

type WithoutTime<T> = T extends unknown ? Omit<T, 'at'> : never;

/** An event whose time is that of the later observation. */
export type Noticed = WithoutTime<TimelineEvent>;

/** What two observations differ in, in one respect. */
export type Difference = (before: Observation, after: Observation) => Noticed[];
