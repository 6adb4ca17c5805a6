import { Content, Header, Page } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { useMemo } from 'react';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { FleetPage } from './FleetPage';
import { LegacyEntityTabContext } from './LegacyEntityTab';

/** The fleet with the header that pages of the old frontend system bring themselves. */
export const LegacyFleetPage = (props: {
  /** Of the route with the entity's tab; `/rollouts` when left out. */
  entityTabPath?: string;
}) => {
  const { t } = useRolloutsTranslation();
  const entityPath = useRouteRef(entityRouteRef);
  const tabPath = props.entityTabPath;
  const tab = useMemo(() => ({ entityPath, tabPath }), [entityPath, tabPath]);
  return (
    <Page themeId="tool">
      <Header title={t('fleet.title')} />
      <Content noPadding>
        <LegacyEntityTabContext.Provider value={tab}>
          <FleetPage />
        </LegacyEntityTabContext.Provider>
      </Content>
    </Page>
  );
};
