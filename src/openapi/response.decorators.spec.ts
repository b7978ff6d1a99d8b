import { expect, it } from '@jest/globals';
import { z } from 'zod';
import { CreatedResponse, NoContentResponse, OkResponse } from './response.decorators.js';

const schema = z.object({ id: z.int() });

class Controller {
  @OkResponse(schema)
  documented(): { id: number } {
    return { id: 1 };
  }

  @CreatedResponse(schema)
  documentedLater(): Promise<{ id: number }> {
    return Promise.resolve({ id: 1 });
  }

  // @ts-expect-error: the schema has a number
  @OkResponse(schema)
  differsFromItsSchema(): { id: string } {
    return { id: '1' };
  }

  // @ts-expect-error: 204 has no body
  @NoContentResponse()
  hasBody(): { id: number } {
    return { id: 1 };
  }
}

it('compiles only for methods that return what they document', () => {
  expect(new Controller().documented()).toEqual({ id: 1 });
});
