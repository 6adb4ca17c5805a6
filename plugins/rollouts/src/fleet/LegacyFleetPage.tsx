import { Header, Page } from '@backstage/core-components';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { FleetPage } from './FleetPage';
import { EntityTabPathContext } from './useEntityTabPath';

/** The fleet with the header that pages of the old frontend system bring themselves. */
export const LegacyFleetPage = (props: {
  /** Of the route with the entity's tab; `/rollouts` when left out. */
  entityTabPath?: string;
}) => {
  const { t } = useRolloutsTranslation();
  return (
    <Page themeId="tool">
      <Header title={t('fleet.title')} />
      <main>
        <EntityTabPathContext.Provider value={props.entityTabPath}>
          <FleetPage />
        </EntityTabPathContext.Provider>
      </main>
    </Page>
  );
};
