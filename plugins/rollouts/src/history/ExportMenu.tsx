import { isError } from '@backstage/errors';
import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import { parseEntityRef } from '@backstage/catalog-model';
import { RiDownloadLine } from '@remixicon/react';
import { useState } from 'react';
import {
  historyApiRef,
  type ExportFormat,
  type ReleaseFilter,
} from '../api/HistoryApi';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import { saveFile } from './saveFile';
import styles from './HistoryView.module.css';

const FORMATS: ExportFormat[] = ['csv', 'json'];

/** All releases that match as a file, fetched as the signed-in user. */
export const ExportMenu = (props: {
  entityRef: string;
  filter: ReleaseFilter;
  now: number;
}) => {
  const { t } = useRolloutsTranslation();
  const api = useApi(historyApiRef);
  const [working, setWorking] = useState(false);
  const [failure, setFailure] = useState<string>();

  const save = async (format: ExportFormat) => {
    setWorking(true);
    setFailure(undefined);
    try {
      const { name } = parseEntityRef(props.entityRef);
      const day = new Date(props.now).toISOString().slice(0, 10);
      saveFile(
        await api.exportReleases(props.filter, format),
        `releases-${name}-${day}.${format}`,
      );
    } catch (error) {
      setFailure(isError(error) ? error.message : String(error));
    } finally {
      setWorking(false);
    }
  };

  return (
    <div className={styles.export}>
      <MenuTrigger>
        <Button
          size="small"
          variant="secondary"
          iconStart={<RiDownloadLine />}
          isPending={working}
        >
          {t('history.export.menu')}
        </Button>
        <Menu
          aria-label={t('history.export.menu')}
          onAction={key => {
            const format = FORMATS.find(known => known === key);
            if (format) {
              void save(format);
            }
          }}
        >
          {FORMATS.map(format => (
            <MenuItem key={format} id={format}>
              {t(`history.export.${format}`)}
            </MenuItem>
          ))}
        </Menu>
      </MenuTrigger>
      <span role="status" className={styles.failure}>
        {failure && t('history.export.failed', { message: failure })}
      </span>
    </div>
  );
};
