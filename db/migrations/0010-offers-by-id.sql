-- The id of an offer names one business's goods and no other's; collections of pavilions hold it alone.
create index offers_by_id on offers (offer_id);
create index offer_documents_by_id on offer_documents (offer_id);
-- Whether a picture is still shown somewhere.
create index offer_pictures_by_digest on offer_pictures (digest);
