import type { ReactNode } from 'react';
import type { Tagged } from '../api/client';
import { Form } from '../form/form';
import { SavedVersion } from './saved-version';
import { useEdit, type Editable } from './use-edit';

export interface EditFormProps<Item, Input> {
  name: string;
  editable: Editable<Item, Input>;
  /** The version that the fields are filled with. */
  loaded: Tagged<Item>;
  toInput: (data: FormData) => Input;
  /** The texts of an item, by the labels of its fields. */
  toTexts: (item: Item) => Record<string, string>;
  /** Called when the user prefers the saved version to their own. */
  onTake: (saved: Tagged<Item>) => void;
  /** Renders the fields. */
  children: (item: Item) => ReactNode;
}

/** After a conflict it shows both versions. The fields stay as they are: what the user typed is not lost. */
export function EditForm<Item, Input>(props: EditFormProps<Item, Input>) {
  const { name, editable, loaded, toInput, toTexts, onTake, children } = props;
  const { mutation, base, conflict } = useEdit(editable, loaded);
  return (
    <Form
      label={`Edit ${name}`}
      submitLabel={conflict ? 'Save mine anyway' : 'Save'}
      toInput={toInput}
      mutation={mutation}
      keepsValues
    >
      <div className="versions">
        <div className="version">
          {conflict && <strong>Your version</strong>}
          {children(loaded.item)}
        </div>
        {conflict && (
          <SavedVersion
            key={conflict.entityTag}
            texts={toTexts(conflict.item)}
            formerTexts={toTexts(base.item)}
            onTake={() => onTake(conflict)}
          />
        )}
      </div>
    </Form>
  );
}
