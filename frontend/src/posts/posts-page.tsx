import { List } from '../list/list';
import { SearchField } from '../list/search-field';
import { useSearch } from '../list/use-search';
import { MembersOnly } from '../session/members-only';
import { CreatePostForm } from './post-form';
import { PostItem } from './post-item';
import { usePosts } from './use-posts';

export function PostsPage() {
  const { typed, setTyped, search } = useSearch();
  return (
    <>
      <h1>Posts</h1>
      <MembersOnly summary="Write a post">
        <CreatePostForm />
      </MembersOnly>
      <SearchField label="Search posts" value={typed} onChange={setTyped} />
      <List of="posts" query={usePosts(search)}>
        {(post) => <PostItem post={post} />}
      </List>
    </>
  );
}
