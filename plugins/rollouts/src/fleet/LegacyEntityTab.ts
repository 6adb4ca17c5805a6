import { createContext } from 'react';

/** What an app of the old frontend system says of the page of an entity. */
export interface LegacyEntityTab {
  /** The path of the page of an entity. */
  entityPath: (params: {
    kind: string;
    namespace: string;
    name: string;
  }) => string;
  /** Of the tab under it; undefined: where it usually is. */
  tabPath?: string;
}

/** Absent in apps of the new system, whose routes can be asked for both. */
export const LegacyEntityTabContext = createContext<
  LegacyEntityTab | undefined
>(undefined);
