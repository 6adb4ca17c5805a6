import { isError } from '@backstage/errors';
import { Alert, Button } from '@backstage/ui';
import type { ActionResult } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RiCodeLine } from '@remixicon/react';
import { useState } from 'react';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';
import styles from './ActionDialog.module.css';

type Loaded =
  | { state: 'loading'; of: string }
  | { state: 'loaded'; of: string; result: ActionResult }
  | { state: 'failed'; of: string; message: string };

/** The raw patches, one click away. */
export const PatchPreview = (props: {
  load(): Promise<ActionResult>;
  /** Identifies what is previewed; another value makes the shown one void. */
  of: string;
  isDisabled?: boolean;
}) => {
  const { t } = useRolloutsTranslation();
  const [latest, setLatest] = useState<Loaded>();
  const loaded = latest?.of === props.of ? latest : undefined;

  const show = async () => {
    const of = props.of;
    setLatest({ state: 'loading', of });
    try {
      const result = await props.load();
      setLatest({ state: 'loaded', of, result });
    } catch (error) {
      setLatest({
        state: 'failed',
        of,
        message: isError(error) ? error.message : String(error),
      });
    }
  };

  if (!loaded || loaded.state === 'loading') {
    return (
      <div>
        <Button
          size="small"
          variant="tertiary"
          iconStart={<RiCodeLine />}
          isDisabled={props.isDisabled}
          isPending={loaded?.state === 'loading'}
          onPress={show}
        >
          {t('actions.confirm.patch')}
        </Button>
      </div>
    );
  }
  if (loaded.state === 'failed') {
    return (
      <Alert
        status="warning"
        icon
        title={t('actions.confirm.patchError', { message: loaded.message })}
      />
    );
  }
  const { patches, warnings } = loaded.result;
  return (
    <div>
      {warnings.length > 0 && (
        <Alert
          status="warning"
          icon
          title={t('actions.confirm.warnings')}
          description={warnings.join(' ')}
        />
      )}
      {patches.length === 0 && (
        <p className={styles.plain}>{t('actions.confirm.patchNone')}</p>
      )}
      {patches.map((patch, index) => (
        <pre key={index} className={styles.patch}>
          {`${patch.type === 'merge' ? 'PATCH' : 'PUT'} ${patch.resource}/${patch.name}${
            patch.subresource ? `/${patch.subresource}` : ''
          }\n${JSON.stringify(patch.patch, undefined, 2)}`}
        </pre>
      ))}
    </div>
  );
};
