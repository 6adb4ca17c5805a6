import {
  appTreeApiRef,
  coreExtensionData,
  useApiHolder,
} from '@backstage/frontend-plugin-api';
import { useContext } from 'react';
import { LegacyEntityTabContext } from './LegacyEntityTab';

const TAB = 'entity-content:rollouts';
const DEFAULT_PATH = '/rollouts';

/**
 * Path of the tab under an entity's page, which an app may have moved. A route
 * ref does not resolve it: its parent's parameters are another entity's.
 */
export function useEntityTabPath(): string {
  const told = useContext(LegacyEntityTabContext)?.tabPath;
  const holder = useApiHolder();
  const path =
    told ??
    holder
      .get(appTreeApiRef)
      ?.getTree()
      .tree.nodes.get(TAB)
      ?.instance?.getData(coreExtensionData.routePath) ??
    DEFAULT_PATH;
  return `/${path.replace(/^\/+|\/+$/g, '')}`;
}
