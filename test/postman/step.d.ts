/** The client of a request. Without one, Grace sends it, with the cookies of the jar. */
export type Client =
  | 'nobody' // neither a cookie nor a token
  | 'other user' // Eve, who is not an admin
  | 'admin'
  | 'phone' // with the cookie that a step has stored in phoneCookie
  | 'copy' // with that in copiedCookie
  | 'token'; // with the personal access token in token, and without a cookie

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** One request of a folder, or an operation with its failures. Texts may have variables: `{{email}}`. */
export interface Step {
  /** An operation, as in `POST /posts`: a success, and the failures of `generator/failures.js`. */
  shows?: string;
  /** One request, as in `POST /posts` or `GET {{mailUrl}}/confirm-email`. */
  sends?: string;
  /** Of a request. An operation has the name of its summary. */
  name?: string;
  /** A sentence or two for people. */
  says?: string;
  /** Default: that of the documented success. */
  status?: number;
  as?: Client;
  /** Of an operation: other users get 403. */
  ownerOnly?: boolean;
  /** Of an operation: who is not an admin gets 403. */
  adminOnly?: boolean;
  /** The page that sends it. */
  from?: 'frontend' | 'another origin';
  /** Default: that of the first item that was created in this list. */
  id?: string;
  query?: string;
  headers?: Record<string, string>;
  /** What differs from a body that the document describes. Undefined: without this field. */
  body?: Record<string, JsonValue | undefined>;
  /** A body that is no JSON object. */
  raw?: string;
  /** The paths of all invalid fields in the response. */
  errors?: string[];
  /** Of the problem, as in `too-many-requests`. */
  type?: string;
  /** A part of what the problem says. */
  detail?: string;
  /** What the response has, by its path, as in `items[0].id`. */
  has?: Record<string, JsonValue>;
  /** The methods that the response to a preflight lists, or `Allow`. */
  allows?: string[];
  /** What the response does with the two cookies of a session. */
  cookies?: 'sets' | 'clears' | 'leaves';
  /** Variables, and where the response has their values: a path, or `Set-Cookie`, `ETag` or `Link` (its cursor). */
  store?: Record<string, string>;
  /** Further tests, by their names. They run in Postman, and see nothing of their file. */
  checks?: Record<string, () => void>;
  /** Runs before the request, in Postman. */
  before?: () => void;
  /** Runs after the tests, in Postman. */
  after?: () => void;
}

export interface Folder {
  /** That of a tag, where the document has it. */
  name: string;
  /** Default: that of the tag. */
  description?: string;
  /** The values of fields in bodies. Others are made of their schemas. */
  fields?: Record<string, JsonValue>;
  /** Folders, of whose lists an item has to exist. It is created before, and deleted afterwards. */
  needs?: string[];
  steps?: Step[];
  /** Folders in this one. */
  folders?: Folder[];
}
