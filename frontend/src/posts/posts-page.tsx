import type { Queries } from '../api/client';
import { CategoryFilter } from '../categories/category-filter';
import { useIsDeleted } from '../list/deletions';
import { SortFilter, TextFilter } from '../list/filters';
import { List } from '../list/list';
import { useListFilters } from '../list/use-list-filters';
import { LogInRequired } from '../session/log-in-required';
import { AuthorFilter } from './author-filter';
import { CreatePostForm } from './post-form';
import { PostItem } from './post-item';
import { usePosts } from './use-posts';

const sorts: [string, string][] = [
  ['', 'Newest first'],
  ['createdAt', 'Oldest first'],
  ['-updatedAt', 'Last changed first'],
  ['title', 'Title, A to Z'],
  ['-title', 'Title, Z to A'],
];

export function PostsPage() {
  const query = usePosts(useListFilters<Queries['/posts']>(['categoryId', 'authorId']));
  const isDeleted = useIsDeleted();
  return (
    <>
      <h1>Posts</h1>
      <LogInRequired summary="Create a post">
        <CreatePostForm />
      </LogInRequired>
      <search className="filters">
        <TextFilter label="Search posts" name="search" type="search" />
        <CategoryFilter />
        <SortFilter options={sorts} />
      </search>
      <AuthorFilter posts={query.data?.pages[0]?.items} />
      <List itemsName="posts" query={query} isDeleted={({ id }) => isDeleted(`/posts/${id}`)}>
        {(post) => <PostItem post={post} />}
      </List>
    </>
  );
}
