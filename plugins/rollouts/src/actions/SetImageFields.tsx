import { Select, TextField } from '@backstage/ui';
import type { ImageChange } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { useRolloutsTranslation } from '../translation/useRolloutsTranslation';

/** Which container gets which image. */
export const SetImageFields = (props: {
  images: ImageChange[];
  value: { container: string; image: string };
  onChange(value: { container: string; image: string }): void;
  /** What is wrong with the image, in words. */
  problem?: string;
}) => {
  const { t } = useRolloutsTranslation();
  const { images, value, onChange, problem } = props;
  const current = images.find(
    ({ container }) => container === value.container,
  )?.current;

  return (
    <>
      {images.length > 1 && (
        <Select
          label={t('actions.setImage.container')}
          options={images.map(({ container }) => ({
            value: container,
            label: container,
          }))}
          value={value.container}
          onChange={chosen =>
            onChange({
              container: String(chosen),
              image:
                images.find(({ container }) => container === chosen)?.current ??
                '',
            })
          }
        />
      )}
      <TextField
        label={t('actions.setImage.image')}
        description={
          problem ?? t('actions.setImage.hint', { image: current ?? '–' })
        }
        value={value.image}
        onChange={image => onChange({ ...value, image })}
        spellCheck="false"
        autoComplete="off"
      />
    </>
  );
};
