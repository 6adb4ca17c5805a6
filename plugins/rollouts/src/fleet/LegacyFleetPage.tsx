import { Header, Page } from '@backstage/core-components';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { FleetPage } from './FleetPage';

/** The fleet with the header that pages of the old frontend system bring themselves. */
export const LegacyFleetPage = () => {
  const { t } = useRolloutsTranslation();
  return (
    <Page themeId="tool">
      <Header title={t('fleet.title')} />
      <main>
        <FleetPage />
      </main>
    </Page>
  );
};
